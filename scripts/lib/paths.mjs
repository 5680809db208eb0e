// Where things lie in a checkout. Node built-ins only: the set-up runs before anything is installed.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const buildDir = join(rootDir, "build");
export const distDir = join(rootDir, "dist");
export const reportDir = join(buildDir, "report");
/** What `npm test` leaves for .ci/run. */
export const npmTestReport = join(reportDir, "npm-test.json");
export const generatorProgram = join(rootDir, "generator", "bin", "pqflow-gen.js");
export const runtimeTestsProgram = join(buildDir, "test", "runtime", "pqflow_runtime_tests");
export const liveTestsProgram = join(buildDir, "test", "runtime", "pqflow_live_tests");
export const verifyTestsProgram = join(buildDir, "test", "runtime", "pqflow_verify_tests");

/** Path of a program that an npm package of this checkout installs. */
export const npmProgram = (name) => join(rootDir, "node_modules", ".bin", name);
