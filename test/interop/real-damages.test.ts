/** The verifier on damaged files of our own: pages of both versions, bloom filters, indexes with shortened bounds, size statistics, nested columns. test/runtime/verify has every rule on a synthetic file. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ParquetFile } from "../support/parquet-surgery.js";
import { projectPath } from "../support/paths.js";
import { findingsOf, runPqflow } from "../support/verify.js";
import { codecNumbers } from "./nested-files.js";
import { writeProbeFile } from "./probe-files.js";
import { chunkDamages } from "./damages/chunk-damages.js";
import type { DamagedFile } from "./damages/damage.js";
import { footerDamages } from "./damages/footer-damages.js";
import { indexDamages } from "./damages/index-damages.js";
import { pageDamages } from "./damages/page-damages.js";

const SHAPE = { rows: 900, pageRows: 70, rowGroupRows: 400 };
const COLUMNS = [
  ...["int64_required", "uint8_required", "text8_bit", "counted16_required", "float_bit", "fixed5_bit", "uuid_required", "decimal20_bit"],
  ...["int96_required", "interval_bit", "date_bit", "constant_text"],
];

const realDamages = [...footerDamages, ...chunkDamages, ...indexDamages, ...pageDamages];

const folder = mkdtempSync(join(tmpdir(), "pqflow-damages-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writeNested(name: string, encoding: string, pageVersion: number): string {
  const path = join(folder, name);
  const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_nested`);
  execFileSync(program, [path, `${path}.jsonl`, codecNumbers.UNCOMPRESSED, 400, 37, 160, encoding, pageVersion].map(String));
  return path;
}

describe("the verifier finds in a file of ours", () => {
  const paths = new Map<DamagedFile, string>();
  beforeAll(() => {
    const contents = { columns: COLUMNS, repeats: 40 };
    const plain = writeProbeFile({ codec: "UNCOMPRESSED", encoding: "PLAIN", nulls: "some", pageVersion: 2 }, SHAPE, folder, contents);
    const chosen = writeProbeFile({ codec: "UNCOMPRESSED", encoding: "AUTO", nulls: "some", pageVersion: 1 }, SHAPE, folder, contents);
    paths.set("plain", plain.path).set("chosen", chosen.path);
    paths.set("nested", writeNested("nested.parquet", "PLAIN", 2)).set("nested V1", writeNested("nested-v1.parquet", "DELTA", 1));
  });

  it("nothing, as long as it is not damaged, taken apart and put together again or not", () => {
    const copy = join(folder, "copy.parquet");
    for (const path of paths.values()) {
      writeFileSync(copy, new ParquetFile(path).bytes());
      expect(findingsOf(path) + findingsOf(copy), path).toBe("");
    }
  });

  it.each(realDamages)("$rule: $damage", ({ rule, file, apply, also = [] }) => {
    const damaged = new ParquetFile(paths.get(file) ?? "");
    apply(damaged);
    const path = join(folder, "damaged.parquet");
    writeFileSync(path, damaged.bytes());
    const { findings } = JSON.parse(runPqflow("verify", path, "--json").out) as {
      readonly findings: readonly { readonly rule: string; readonly message: string }[];
    };
    expect(new Set(findings.map((finding) => finding.rule)), JSON.stringify(findings)).toEqual(new Set([rule, ...also]));
  });
});

it("more than forty rules are broken so", () => {
  expect(new Set(realDamages.map(({ rule }) => rule)).size).toBeGreaterThan(40);
});
