/** How the unpack kernel takes four records in one turn: neighbouring members of 4 and 8 bytes move together, in windows of 16 bytes. */
import type { CUnpackColumn } from "./c-model.js";

type UnpackedMember = Pick<CUnpackColumn, "values" | "offsetBytes" | "widthBytes">;

interface Place {
  readonly recordSizeBytes: number;
  /** Name of the constant. */
  readonly slotSize: string;
}

const WINDOW_BYTES = 16;

function ofWidth(members: readonly UnpackedMember[], widthBytes: number): readonly UnpackedMember[] {
  return members.filter((member) => member.widthBytes === widthBytes).toSorted((left, right) => left.offsetBytes - right.offsetBytes);
}

/** A call of one of pqflow/kernel.h's primitives; undefined stands for bytes of a window that are no column. */
function call(primitive: string, members: readonly (UnpackedMember | undefined)[], offsetBytes: number, { slotSize }: Place): string {
  const rows = members.map((member) =>
    member === undefined ? "PQFLOW_NULL" : `${member.values} + row_index * ${member.widthBytes.toString()}`,
  );
  return `${primitive}(${[...rows, `record + ${offsetBytes.toString()}`, slotSize].join(", ")});`;
}

function each({ values, offsetBytes, widthBytes }: UnpackedMember, { slotSize }: Place): string {
  return `PQFLOW_UNPACK_EACH(${values}, row_index, ${widthBytes.toString()}, record, ${slotSize}, ${offsetBytes.toString()});`;
}

function movesOf8(members: readonly UnpackedMember[], place: Place): readonly string[] {
  const moves: string[] = [];
  for (let index = 0; index < members.length;) {
    const left = members[index] as UnpackedMember;
    const right = members[index + 1];
    const isPair = right?.offsetBytes === left.offsetBytes + left.widthBytes;
    moves.push(call(isPair ? "pqflow_unpack_2x8" : "pqflow_unpack_1x8", isPair ? [left, right] : [left], left.offsetBytes, place));
    index += isPair ? 2 : 1;
  }
  return moves;
}

/** A window never reaches beyond the record: behind it lies the commit word, which another thread stores to. */
function windowStart({ offsetBytes, widthBytes }: UnpackedMember, { recordSizeBytes }: Place): number {
  const excessBytes = Math.max(0, offsetBytes + WINDOW_BYTES - recordSizeBytes);
  return offsetBytes - Math.ceil(excessBytes / widthBytes) * widthBytes;
}

function movesOf4(members: readonly UnpackedMember[], place: Place): readonly string[] {
  const waiting = new Map(members.map((member) => [member.offsetBytes, member]));
  const moves: string[] = [];
  for (const member of members) {
    if (!waiting.has(member.offsetBytes)) continue;
    const start = windowStart(member, place);
    const lanes = [0, 4, 8, 12].map((lane) => waiting.get(start + lane));
    const isWindow = start >= 0 && lanes.filter((lane) => lane !== undefined).length > 1;
    moves.push(isWindow ? call("pqflow_unpack_4x4", lanes, start, place) : each(member, place));
    for (const moved of isWindow ? lanes : [member]) waiting.delete(moved?.offsetBytes ?? -1);
  }
  return moves;
}

function present({ valid, nullByteOffsetBytes, nullBitIndex }: CUnpackColumn, { slotSize }: Place): string {
  return `PQFLOW_UNPACK_EACH_PRESENT(${[valid, "row_index", "record", slotSize, nullByteOffsetBytes, nullBitIndex].join(", ")});`;
}

/** Statements that move every member of four records, and their null bits. */
export function planUnpackMoves(columns: readonly CUnpackColumn[], place: Place): readonly string[] {
  const others = columns.filter(({ widthBytes }) => widthBytes !== 4 && widthBytes !== 8);
  const bits = columns.filter(({ hasBit }) => hasBit);
  return [
    ...movesOf8(ofWidth(columns, 8), place),
    ...movesOf4(ofWidth(columns, 4), place),
    ...others.map((column) => each(column, place)),
    ...bits.map((column) => present(column, place)),
  ];
}
