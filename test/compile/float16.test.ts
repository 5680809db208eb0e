/** Halves: C, C++, the Node library and the generator agree on all 65,536 of them and on every number next to a point where rounding turns. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { float16Bits as generatorBits } from "../../generator/src/layout/float16.js";
import { float16Bits, float16FromBits } from "../../native/lib/float16.js";
import { projectPath } from "../support/paths.js";

const folder = mkdtempSync(join(tmpdir(), "pqflow-float16-"));
afterAll(() => rmSync(folder, { recursive: true }));

const INFINITY_BITS = 0x7c00;

/** A positive half by its definition (IEEE 754-2019, 3.4); the first infinite one counts as 65536. */
function definition(bits: number): number {
  const exponent = bits >> 10;
  const fraction = bits & 0x3ff;
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const words = new DataView(new ArrayBuffer(4));

/** The float above or below a positive one. */
function neighbour(value: number, step: 1 | -1): number {
  words.setFloat32(0, value);
  words.setUint32(0, words.getUint32(0) + step);
  return words.getFloat32(0);
}

interface Rounding {
  readonly value: number;
  readonly bits: number;
}

/** Each half, the point between it and the next, and the floats around that point, of both signs. */
function roundings(): readonly Rounding[] {
  const positive: Rounding[] = [{ value: Number.POSITIVE_INFINITY, bits: INFINITY_BITS }];
  for (let bits = 0; bits < INFINITY_BITS; bits++) {
    const middle = (definition(bits) + definition(bits + 1)) / 2;
    positive.push(
      { value: definition(bits), bits },
      { value: neighbour(middle, -1), bits },
      { value: middle, bits: bits + (bits & 1) },
      { value: neighbour(middle, 1), bits: bits + 1 },
    );
  }
  return positive.flatMap(({ value, bits }) => [
    { value, bits },
    { value: -value, bits: bits | 0x8000 },
  ]);
}

const cases = roundings();

/** What the functions give that is not expected; few, so that a failure can be read. */
function faults(convert: (value: number, index: number) => number | undefined): readonly unknown[] {
  return cases
    .flatMap(({ value, bits }, index) => {
      const found = convert(value, index);
      return found === bits ? [] : [{ value, bits, found }];
    })
    .slice(0, 5);
}

function runProgram(name: string, command: string, flags: readonly string[]): { readonly halves: Buffer; readonly floats: Buffer } {
  const paths = ["program", "input", "halves", "floats"].map((kind) => join(folder, `${name}-${kind}`));
  const [program = "", input = "", halves = "", floats = ""] = paths;
  const source = projectPath("test/compile/programs/float16.c");
  execFileSync(command, ["-Wall", "-Wextra", "-Werror", "-O2", `-I${projectPath("runtime/include")}`, ...flags, source, "-o", program]);
  writeFileSync(input, new Uint8Array(Float32Array.from(cases, ({ value }) => value).buffer));
  execFileSync(program, [input, halves, floats]);
  return { halves: readFileSync(halves), floats: readFileSync(floats) };
}

describe("halves", () => {
  it("in TypeScript: every half is the number of its definition and comes back as its bits", () => {
    for (let bits = 0; bits < INFINITY_BITS; bits++) {
      if (!Object.is(float16FromBits(bits), definition(bits)) || !Object.is(float16FromBits(bits | 0x8000), -definition(bits)))
        expect.fail(`0x${bits.toString(16)} is read as ${float16FromBits(bits)}`);
    }
    expect([float16FromBits(INFINITY_BITS), float16FromBits(0xfc00)]).toEqual([Infinity, -Infinity]);
    for (let bits = INFINITY_BITS + 1; bits < 0x8000; bits++) {
      if (!Number.isNaN(float16FromBits(bits)) || !Number.isNaN(float16FromBits(bits | 0x8000)))
        expect.fail(`0x${bits.toString(16)} is no NaN`);
    }
  });

  it("in TypeScript: numbers are rounded to the nearest half, halves between two to the even one", () => {
    expect(faults(float16Bits)).toEqual([]);
    expect(float16Bits(Number.NaN)).toBe(0x7e00);
    expect([65_519.999, 65_520, 1e300, 2 ** -25, 2 ** -25 + 2 ** -60].map(float16Bits)).toEqual([0x7bff, 0x7c00, 0x7c00, 0, 1]);
  });

  it("in the generator: the same", () => {
    expect(faults(generatorBits)).toEqual([]);
  });

  it.each([
    ["C11", "gcc", ["-std=c11"]],
    ["C++17", "g++", ["-std=c++17", "-x", "c++"]],
    ["clang", "clang", ["-std=c11"]],
  ] as const)("in %s: the same, both ways", (name, command, flags) => {
    const { halves, floats } = runProgram(name, command, flags);
    expect(faults((_, index) => halves.readUInt16LE(2 * index))).toEqual([]);
    const wrong = Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      (bits) => !Object.is(floats.readFloatLE(4 * bits), float16FromBits(bits)),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
