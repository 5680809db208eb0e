import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { depfileText } from "../../generator/src/output/depfile.js";
import { unifiedDiff } from "../../generator/src/output/diff.js";
import { OutputError } from "../../generator/src/output/errors.js";
import { writeFiles } from "../../generator/src/output/write.js";
import { temporaryFolder, textsIn } from "./support/folders.js";

const folder = temporaryFolder();
let folderCount = 0;

function emptyFolder(): string {
  folderCount += 1;
  const path = join(folder, String(folderCount));
  mkdirSync(path);
  return path;
}

describe("writing", () => {
  it("creates the folder and its parents", () => {
    const out = join(emptyFolder(), "a", "b");
    expect(writeFiles(out, [{ path: "x.h", text: "one\n" }])).toEqual(["x.h"]);
    expect(textsIn(out)).toEqual({ "x.h": "one\n" });
  });

  it("does not touch a file that holds the same text", () => {
    const out = emptyFolder();
    writeFiles(out, [{ path: "x.h", text: "one\n" }]);
    utimesSync(join(out, "x.h"), 1000, 1000);
    const { ino } = statSync(join(out, "x.h"));
    expect(writeFiles(out, [{ path: "x.h", text: "one\n" }])).toEqual([]);
    expect(statSync(join(out, "x.h"))).toMatchObject({ ino, mtimeMs: 1_000_000 });
  });

  it("replaces a changed file by a new one: who has the old one open keeps it whole", () => {
    const out = emptyFolder();
    writeFiles(out, [{ path: "x.h", text: "one\n" }]);
    const { ino } = statSync(join(out, "x.h"));
    writeFiles(out, [{ path: "x.h", text: "two\n" }]);
    expect(statSync(join(out, "x.h")).ino).not.toBe(ino);
  });

  it("refuses a symbolic link at the place of a file, and leaves its target alone", () => {
    const out = emptyFolder();
    const outside = join(emptyFolder(), "precious");
    writeFileSync(outside, "mine\n");
    symlinkSync(outside, join(out, "x.h"));
    expect(() => writeFiles(out, [{ path: "x.h", text: "one\n" }])).toThrow(/x\.h: it is a symbolic link/);
    expect(readFileSync(outside, "utf8")).toBe("mine\n");
    expect(lstatSync(join(out, "x.h")).isSymbolicLink()).toBe(true);
  });

  it("refuses a dangling symbolic link", () => {
    const out = emptyFolder();
    symlinkSync(join(out, "nowhere"), join(out, "x.h"));
    expect(() => writeFiles(out, [{ path: "x.h", text: "one\n" }])).toThrow(/symbolic link/);
    expect(readdirSync(out)).toEqual(["x.h"]);
  });

  it("refuses a symbolic link among the folders below the output folder", () => {
    const out = emptyFolder();
    const outside = emptyFolder();
    symlinkSync(outside, join(out, "sub"));
    expect(() => writeFiles(out, [{ path: "sub/x.h", text: "one\n" }])).toThrow(/not a folder/);
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each(["../x.h", "/etc/x.h", "a/../../x.h", "a\\..\\x.h", "", "./x.h"])("refuses the path `%s`", (path) => {
    const out = emptyFolder();
    expect(() => writeFiles(out, [{ path, text: "one\n" }])).toThrow(OutputError);
    expect(readdirSync(out)).toEqual([]);
  });

  it("changes no file when one of them cannot be written", () => {
    const out = emptyFolder();
    writeFiles(out, [{ path: "a.h", text: "old\n" }]);
    mkdirSync(join(out, "b.h"));
    const files = ["a.h", "b.h"].map((path) => ({ path, text: "new\n" }));
    expect(() => writeFiles(out, files)).toThrow(/b\.h: it is not a regular file/);
    expect(textsIn(out)).toEqual({ "a.h": "old\n" });
  });

  it("says what the system answered when a temporary file cannot be made, and leaves none", () => {
    const out = emptyFolder();
    const path = `${"x".repeat(248)}.h`;
    expect(() =>
      writeFiles(out, [
        { path: "a.h", text: "one\n" },
        { path, text: "one\n" },
      ]),
    ).toThrow(/cannot write .*: ENAMETOOLONG/);
    expect(readdirSync(out)).toEqual([]);
  });

  it("says that the output folder cannot be made", () => {
    expect(() => writeFiles("/proc/pqflow-out", [{ path: "x.h", text: "one\n" }])).toThrow(/cannot create \/proc\/pqflow-out: E/);
  });

  it("says that the output folder is a file", () => {
    const path = join(emptyFolder(), "out");
    writeFileSync(path, "");
    expect(() => writeFiles(path, [{ path: "x.h", text: "one\n" }])).toThrow(/cannot create .*out: it is not a folder/);
  });

  it("leaves no temporary file behind", () => {
    const out = emptyFolder();
    writeFiles(out, [{ path: "x.h", text: "one\n" }]);
    writeFiles(out, [{ path: "x.h", text: "two\n" }]);
    expect(readdirSync(out)).toEqual(["x.h"]);
  });
});

describe("the diff", () => {
  const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");

  it("is empty for equal texts", () => {
    expect(unifiedDiff(lines("a", "b"), lines("a", "b"))).toBe("");
  });

  it("shows a changed line with three lines around it", () => {
    const before = lines("1", "2", "3", "4", "5", "6", "7", "8", "9");
    expect(unifiedDiff(before, before.replace("5", "five"))).toBe("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8");
  });

  it("makes hunks of their own of changes far apart", () => {
    const before = lines(...Array.from({ length: 30 }, (_, index) => String(index)));
    const hunks = unifiedDiff(before, before.replace("\n4\n", "\nfour\n").replace("\n24\n", "\n"));
    expect(hunks.match(/^@@ .*$/gm)).toEqual(["@@ -2,7 +2,7 @@", "@@ -22,7 +22,6 @@"]);
  });

  it("counts from zero where a side is empty", () => {
    expect(unifiedDiff("", lines("a"))).toBe("@@ -0,0 +1,1 @@\n+a");
  });

  it("is a patch: its lines without + are the old text, without - the new one", () => {
    let seed = 7;
    const random = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let round = 0; round < 300; round += 1) {
      const text = (): string => lines(...Array.from({ length: random(12) }, () => String(random(4))));
      const [before, after] = [text(), text()];
      const shared = lines("=", "=", "=", "=", "=");
      const edits = unifiedDiff(before + shared, after + shared)
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("@@"));
      const side = (other: string): string => lines(...edits.filter((line) => !line.startsWith(other)).map((line) => line.slice(1)));
      if (before === after) expect(edits).toEqual([]);
      else {
        expect(before + shared).toContain(side("+"));
        expect(after + shared).toContain(side("-"));
        expect((before + shared).replace(side("+"), () => side("-"))).toBe(after + shared);
      }
    }
  });
});

describe("the depfile", () => {
  it("escapes what Make reads otherwise", () => {
    expect(depfileText(["out dir/a.h", "b$.c"], ["x#.yaml"])).toBe("out\\ dir/a.h b$$.c: x\\#.yaml\n");
  });
});
