/**
 * Random schemas: generated, compiled by gcc and clang, logged to from C, C++ and TypeScript, read back by three readers.
 * `npm run test:schemas -- --runs 500 --seed N --first N` runs other ones; docs/testing.md.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomCase } from "./case-arbitrary.js";
import { checkCases } from "./check-cases.js";
import { failureReport } from "./shrink.js";

const numberFrom = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const seed = numberFrom("PQFLOW_SCHEMAS_SEED", 20261122);
const runs = numberFrom("PQFLOW_SCHEMAS_RUNS", 40);
const first = numberFrom("PQFLOW_SCHEMAS_FIRST", 0);
/** Cases that are compiled and run in one go. */
const BATCH_COUNT = 40;

const batches = Array.from({ length: Math.ceil(runs / BATCH_COUNT) }, (_, index) => first + index * BATCH_COUNT);

describe(`random schemas of seed ${seed}`, () => {
  it.each(batches)(
    "from number %i on give files that hold what was logged, the same bytes from C, C++ and TypeScript",
    async (start) => {
      const count = Math.min(BATCH_COUNT, first + runs - start);
      const cases = fc.sample(randomCase, { seed, path: String(start), numRuns: count });
      const findings = await checkCases(cases);
      expect(findings.length === 0 ? "" : await failureReport({ seed, start, cases, findings })).toBe("");
    },
    1_800_000,
  );
});
