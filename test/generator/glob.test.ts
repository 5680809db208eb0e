/** Patterns as schemas, expanded by the program itself: quoted in a shell, or written in a configuration. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OutputError } from "../../generator/src/output/errors.js";
import { expandPaths } from "../../generator/src/output/glob.js";
import { projectFolder, temporaryFolder } from "./support/folders.js";

const names = [
  "b.yaml",
  "a.yaml",
  "a.yml",
  ".hidden.yaml",
  "sub/c.yaml",
  "sub/deep/d.yaml",
  "node_modules/x/e.yaml",
  "odd[1].yaml",
  "A.yaml",
];
const root = projectFolder(temporaryFolder(), Object.fromEntries(names.map((name) => [name, ""])));
mkdirSync(join(root, "folder.yaml"));
symlinkSync(join(root, "sub"), join(root, "link"));

const expand = (...patterns: readonly string[]): readonly string[] =>
  expandPaths(patterns, root).map((path) => path.slice(root.length + 1));

describe("a pattern", () => {
  it.each([
    ["*.yaml", ["A.yaml", "a.yaml", "b.yaml", "odd[1].yaml"]],
    ["?.y*ml", ["A.yaml", "a.yaml", "a.yml", "b.yaml"]],
    ["[a-b].yaml", ["a.yaml", "b.yaml"]],
    ["[!b].yaml", ["A.yaml", "a.yaml"]],
    [".*.yaml", [".hidden.yaml"]],
    ["*/c.yaml", ["link/c.yaml", "sub/c.yaml"]],
    ["**/*.yaml", ["A.yaml", "a.yaml", "b.yaml", "odd[1].yaml", "sub/c.yaml", "sub/deep/d.yaml"]],
    ["**/d.yaml", ["sub/deep/d.yaml"]],
    ["sub/**", ["sub/c.yaml", "sub/deep/d.yaml"]],
    ["sub/../[a].yaml", ["a.yaml"]],
    ["odd[1].yaml", ["odd[1].yaml"]],
  ])("%s matches %j", (pattern, expected) => {
    expect(expand(pattern)).toEqual(expected);
  });

  it("that matches nothing is an error", () => {
    expect(() => expand("*.json")).toThrow(new OutputError(`no file matches ${join(root, "*.json")}`));
    expect(() => expand("none/*.yaml")).toThrow(OutputError);
  });

  it("that is malformed is an error of its writer, not of this program", () => {
    expect(() => expand("[z-a].yaml")).toThrow(/is not a pattern/);
  });

  it("takes what a regular expression would read otherwise as it is", () => {
    expect(() => expand("(a|b)*.yaml")).toThrow(OutputError);
    expect(() => expand("[\\^].yaml")).toThrow(OutputError);
  });

  it("may be absolute", () => {
    expect(expandPaths([join(root, "[a].yaml")])).toEqual([join(root, "a.yaml")]);
  });
});

describe("several paths", () => {
  it("keep their order, each file once", () => {
    expect(expand("b.yaml", "*.yaml", "a.yaml")).toEqual(["b.yaml", "A.yaml", "a.yaml", "odd[1].yaml"]);
  });

  it("without a pattern pass unchanged, even when they do not exist, and - as well", () => {
    expect(expandPaths(["none.yaml", "-", "./x.yaml"])).toEqual(["none.yaml", "-", "./x.yaml"]);
  });
});
