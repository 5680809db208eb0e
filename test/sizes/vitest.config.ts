/** `npm run bench:sizes` alone: measuring is no test. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { pqflow: `${root}native/lib/index.ts` } },
  test: { include: ["test/sizes/*.measure.ts"], testTimeout: 1_200_000, hookTimeout: 1_200_000 },
});
