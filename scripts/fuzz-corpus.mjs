// `node scripts/fuzz-corpus.mjs`: writes the seeds of the verifier's fuzz target anew, test/fuzz/corpus/verify: small files of our own writer in every codec and encoding, and
// damaged ones. Inputs that a fuzzer's run found worth keeping lie beside them (found-*) and stay.
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildDir, rootDir } from "./lib/paths.mjs";
import { run } from "./lib/process.mjs";
import { main, step, StepFailure } from "./lib/step.mjs";
import { build, buildOptions, configure } from "./setup/native.mjs";

const corpus = join(rootDir, "test", "fuzz", "corpus", "verify");
const programs = join(buildDir, "test", "runtime");
const maxCorpusBytes = 300 * 1024;

const columns = [
  "bool_bit",
  "int32_required",
  "int64_sentinel",
  "double_bit",
  "text8_required",
  "counted8_bit",
  "fixed5_bit",
  "byte_decimal18_bit",
];
const codecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"];
const encodings = ["PLAIN", "AUTO", "0", "1", "2", "3"];
const nulls = ["some", "runs", "none", "some", "all", "some"];

async function required(program, args) {
  const result = await run(join(programs, program), args);
  if (!result.ok) throw new StepFailure(`${program} (${result.ending})`, { output: result.output });
}

/** Each codec, encoding and pattern of nulls once; two row groups of two pages. */
async function writeRightFiles() {
  for (const [index, codec] of codecs.entries()) {
    const path = join(corpus, `ours-${codec.toLowerCase()}.parquet`);
    await required("pqflow_write_columns", [path, codec, "30", "12", "20", encodings[index], nulls[index], columns.join(",")]);
  }
}

await main(async () => {
  await step("native", async () => {
    await configure(buildDir, buildOptions);
    await build(buildDir, ["pqflow_write_columns", "pqflow_write_damaged_files"]);
    return "built";
  });
  mkdirSync(corpus, { recursive: true });
  for (const name of readdirSync(corpus)) if (!name.startsWith("found-")) rmSync(join(corpus, name));
  await writeRightFiles();
  await required("pqflow_write_damaged_files", [corpus]);
  const sizes = readdirSync(corpus).map((name) => statSync(join(corpus, name)).size);
  const totalBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${sizes.length} files, ${totalBytes} bytes`);
  if (totalBytes > maxCorpusBytes) throw new StepFailure(`the corpus is larger than ${maxCorpusBytes} bytes`);
});
