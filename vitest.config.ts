import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { pqflow: fileURLToPath(new URL("./native/lib/index.ts", import.meta.url)) } },
  // Left to itself, vitest leaves a processor idle: of two, half. Most tests wait for compilers and readers that they started.
  test: { maxWorkers: availableParallelism(), include: ["test/**/*.test.ts"], testTimeout: 240_000, hookTimeout: 600_000 },
});
