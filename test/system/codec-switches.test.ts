/** Every codec is optional: -DPQFLOW_WITH_<CODEC>=OFF leaves its library out although it is installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { required, temporaryFolder } from "./cmake-support.js";

const codecs = ["SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4"] as const;
const folder = temporaryFolder();

/** Configures the checkout with these codecs switched off, builds the report and returns its program. */
function buildWithout(off: readonly string[]): string {
  const buildFolder = join(folder, `without-${off.join("-")}`);
  const switches = off.map((codec) => `-DPQFLOW_WITH_${codec}=OFF`);
  required("cmake", ["-S", projectPath("."), "-B", buildFolder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", ...switches]);
  required("cmake", ["--build", buildFolder, "--target", "pqflow_codec_report"]);
  return join(buildFolder, "test/system/pqflow_codec_report");
}

const lines = (program: string): readonly string[] => required(program, []).trim().split("\n");

describe("a build with every codec switched off", () => {
  let program = "";
  beforeAll(() => {
    program = buildWithout(codecs);
  });

  it("says so in its build line, and writes uncompressed pages by default", () => {
    const [buildLine, defaultLine] = lines(program);
    expect(buildLine).toMatch(/^pqflow 0\.1\.0, .*, codecs UNCOMPRESSED$/);
    expect(defaultLine).toBe("default UNCOMPRESSED");
  });

  it("refuses every other codec by name", () => {
    const refused = (codec: string): string => `${codec}: codec ${codec} is not in this build of pqflow; it has UNCOMPRESSED`;
    expect(lines(program).slice(2)).toEqual(["UNCOMPRESSED: ok", ...["SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"].map(refused)]);
  });

  it("needs no library but libdeflate, for itself and for those who link it", () => {
    const buildFolder = join(program, "../../..");
    expect(required("readelf", ["-d", program])).not.toMatch(/NEEDED.*(snappy|brotli|zstd|lz4)/);
    expect(readFileSync(join(buildFolder, "pqflow.pc"), "utf8")).toContain("Requires.private: libdeflate\n");
    expect(readFileSync(join(buildFolder, "pqflow-config.cmake"), "utf8")).not.toMatch(/Pqflow(Snappy|Brotli|Zstd|Lz4)/);
  });
});

describe("a build with one codec switched off", () => {
  it("has the others", () => {
    const report = lines(buildWithout(["SNAPPY"]));
    expect(report[0]).toMatch(/codecs UNCOMPRESSED, GZIP, BROTLI, ZSTD, LZ4_RAW$/);
    expect(report.slice(2).filter((line) => !line.endsWith(": ok"))).toEqual([
      "SNAPPY: codec SNAPPY is not in this build of pqflow; it has UNCOMPRESSED, GZIP, BROTLI, ZSTD, LZ4_RAW",
    ]);
  });
});
