/** Set-up on machines that lack something, played with programs of our own on the PATH. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pqflow-set-up-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fakeProgram(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Calls one exported function of scripts/setup as user `uid`, with only our programs (and the shell's own) on the PATH. */
function call(
  module: string,
  name: string,
  uid: number,
  args: readonly string[] = [],
): { readonly code: number | null; readonly output: string } {
  const code = `
    process.getuid = () => ${uid};
    const { ${name} } = await import(${JSON.stringify(projectPath(`scripts/setup/${module}.mjs`))});
    const { main } = await import(${JSON.stringify(projectPath("scripts/lib/step.mjs"))});
    await main(async () => console.log(await ${name}(...${JSON.stringify(args)})));`;
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    encoding: "utf8",
  });
  return { code: result.status, output: result.stdout + result.stderr };
}

describe("packages", () => {
  beforeEach(() => {
    // A compiler that misses zstd.h until it is installed; sudo that would ask for a password.
    fakeProgram("g++", `if grep -q zstd.h; then test -e "${folder}/installed"; fi`);
    for (const program of ["pkg-config", "ninja", "clang++"]) fakeProgram(program, "exit 0");
    fakeProgram("sudo", "exit 1");
    fakeProgram("apt-get", `echo "$@" >> "${folder}/calls"; case "$1" in install) touch "${folder}/installed";; esac`);
  });

  const calls = (): string => (existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8") : "");

  it("are installed by root, exactly those that are missing", () => {
    expect(call("packages", "installPackages", 0)).toEqual({ code: 0, output: "installed libzstd-dev\n" });
    expect(calls()).toContain("install -y -q --no-install-recommends libzstd-dev\n");
  });

  it("are left alone when all are present", () => {
    writeFileSync(join(folder, "installed"), "");
    expect(call("packages", "installPackages", 0).output).toMatch(/^all \d+ present/);
    expect(calls()).toBe("");
  });

  it("are installed through sudo where it asks for no password", () => {
    fakeProgram("sudo", 'shift; exec "$@"');
    expect(call("packages", "installPackages", 1000).code).toBe(0);
    expect(calls()).toContain("install");
  });

  it("that cannot be installed end the set-up with exit 2 and the command to type", () => {
    const { code, output } = call("packages", "installPackages", 1000);
    expect(code).toBe(2);
    expect(output).toContain("sudo apt-get update && sudo apt-get install -y --no-install-recommends libzstd-dev\n");
  });

  it("that apt-get fails to install show apt-get's own words", () => {
    fakeProgram("apt-get", 'case "$1" in install) echo "E: Unable to locate package"; exit 100;; esac');
    const { code, output } = call("packages", "installPackages", 0);
    expect(code).toBe(2);
    expect(output).toMatch(/E: Unable to locate package[\s\S]*apt-get install \(exit code 100\)/);
  });
});

describe("libraries for arm64", () => {
  beforeEach(() => {
    fakeProgram(
      "apt-get",
      `echo "$@" >> "${folder}/calls"
       for word in "$@"; do case "$word" in Dir::Cache=*) cache="\${word#Dir::Cache=}";; esac; done
       case "$*" in *--download-only*) touch "$cache/archives/libfound.deb";; esac`,
    );
    fakeProgram("dpkg-deb", 'mkdir -p "$3/usr" && basename "$2" > "$3/usr/unpacked"');
  });

  const root = (): string => join(folder, "root");
  const fetch = (): ReturnType<typeof call> => call("arm64", "fetchArm64Root", 1000, [folder, root()]);

  it("are unpacked below a folder of their own, once", () => {
    expect(fetch().code).toBe(0);
    expect(readFileSync(join(root(), "usr", "unpacked"), "utf8")).toBe("libfound.deb\n");
    expect(readFileSync(join(folder, "calls"), "utf8")).toContain("APT::Architecture=arm64");
    rmSync(join(folder, "calls"));
    expect(fetch().code).toBe(0);
    expect(existsSync(join(folder, "calls"))).toBe(false);
  });

  it("that apt-get cannot have are said in its own words, and looked for again the next time", () => {
    fakeProgram("apt-get", 'case "$*" in *install*) echo "E: Unable to locate package"; exit 100;; esac');
    const { code, output } = fetch();
    expect(code).toBe(1);
    expect(output).toMatch(/E: Unable to locate package[\s\S]*apt-get libgtest-dev \(exit code 100\)/);
    expect(existsSync(join(root(), "complete"))).toBe(false);
  });
});

describe("readers in Python", () => {
  it("that cannot be installed are said in a line with the commands, and end nothing", () => {
    fakeProgram("python3", 'case "$*" in *pip*) echo "No module named pip"; exit 1;; *) exit 1;; esac');
    const { code, output } = call("python", "installPythonReaders", 0);
    expect(code).toBe(0);
    const skipped = (name: string): string =>
      `tests with ${name} will be skipped \\(pip: No module named pip\\); to have them: python3 -m pip install --target build/python .*${name}==[\\d.]+`;
    expect(output).toMatch(new RegExp(`^${skipped("pyarrow")}; ${skipped("polars")}\n$`));
  });

  it("are installed below build/, each when it is missing, and left alone when it is there", () => {
    fakeProgram(
      "python3",
      `case "$*" in
        *pip*) echo "$@" >> "${folder}/calls"; case "$*" in *pyarrow*) touch "${folder}/pyarrow";; *) touch "${folder}/polars";; esac;;
        *"import pyarrow"*) test -e "${folder}/pyarrow";;
        *) test -e "${folder}/polars";;
      esac`,
    );
    expect(call("python", "installPythonReaders", 0).output).toMatch(/^installed pyarrow==[\d.]+; installed polars==[\d.]+\n$/);
    expect(call("python", "installPythonReaders", 0).output).toMatch(/^pyarrow==[\d.]+ present; polars==[\d.]+ present\n$/);
    expect(readFileSync(join(folder, "calls"), "utf8").trim().split("\n")).toHaveLength(2);
  });
});

describe("tools", () => {
  it("that are too old are named with the version that is needed", () => {
    fakeProgram("cmake", 'echo "cmake version 3.18.4"');
    const { code, output } = call("tools", "checkTools", 0);
    expect(code).toBe(2);
    expect(output).toContain("cmake 3.18.4 is too old, 3.22 is needed");
  });

  it("that do not start are named", () => {
    fakeProgram("g++", "exit 127");
    expect(call("tools", "checkTools", 0).output).toContain("g++ is missing (C++20)");
  });
});
