/** Arrays in NumPy's format, version 1.0: a header in Python's notation, then the numbers. */
import { readFileSync } from "node:fs";

const HEADER_START = 10;

export interface NumpyArray {
  readonly rows: number;
  /** 1 for an array of one dimension. */
  readonly columns: number;
  /** Numbers of `<f8` and `<i8`; throws where an integer is not safe. */
  number(row: number, column?: number): number;
  /** Bytes of `|S8`, the zeros at the end included. */
  bytes(row: number): Uint8Array;
}

export function readNumpy(path: string): NumpyArray {
  const file = readFileSync(path);
  const headerLength = file.readUInt16LE(HEADER_START - 2);
  const header = file.toString("latin1", HEADER_START, HEADER_START + headerLength);
  const [, kind = "", order = "", shape = ""] =
    /'descr': '([<|][fiS]8)', 'fortran_order': (True|False), 'shape': \(([\d, ]+)\)/.exec(header) ?? [];
  if (kind === "") throw new Error(`${path}: unknown header ${header}`);
  const [rows = 0, columns = 1] = shape
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  const data = file.subarray(HEADER_START + headerLength);
  const offset = (row: number, column: number): number => 8 * (order === "True" ? column * rows + row : row * columns + column);
  return {
    rows,
    columns,
    number: (row, column = 0) => (kind === "<f8" ? data.readDoubleLE(offset(row, column)) : safe(data.readBigInt64LE(offset(row, column)))),
    bytes: (row) => data.subarray(8 * row, 8 * row + 8),
  };
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${value} is not a safe integer`);
  return number;
}
