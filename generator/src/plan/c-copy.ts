/** How `log` copies a record into its slot. */
import type { StructLayout, StructMember } from "../layout/model.js";

/** A wide load from bytes that were stored a moment ago in narrower pieces waits until they have reached the cache: adr/0022. */
const MAX_RECORD_BYTES = 128;
const MAX_MOVES = 16;

interface Move {
  readonly offsetBytes: number;
  readonly widthBytes: 1 | 2 | 4 | 8;
}

/** In the widest pieces. */
function piecesOf(offsetBytes: number, sizeBytes: number): readonly Move[] {
  const widthBytes = ([8, 4, 2, 1] as const).find((width) => width <= sizeBytes);
  return widthBytes === undefined ? [] : [{ offsetBytes, widthBytes }, ...piecesOf(offsetBytes + widthBytes, sizeBytes - widthBytes)];
}

/** With the widths that whoever fills the record stores with; undefined where these are not known beforehand. */
function movesOfMember(member: StructMember, startBytes: number): readonly Move[] | undefined {
  const offsetBytes = startBytes + member.offsetBytes;
  if (member.kind === "pad") {
    return [];
  }
  if (member.kind !== "field") {
    return piecesOf(offsetBytes, member.sizeBytes);
  }
  const { shape } = member;
  switch (shape.kind) {
    case "value":
      return movesOfValue(shape.storage, offsetBytes, shape.widthBytes, member);
    case "struct":
      return movesOfStruct(shape.struct, offsetBytes);
    case "array":
      return undefined;
  }
}

function movesOfValue(
  storage: string,
  offsetBytes: number,
  widthBytes: number,
  { field }: Extract<StructMember, { readonly kind: "field" }>,
): readonly Move[] {
  if (field.type.kind === "interval") {
    return [0, 4, 8].map((at) => ({ offsetBytes: offsetBytes + at, widthBytes: 4 }) as const);
  }
  const prefixBytes = storage === "COUNTED_8" ? 1 : storage === "COUNTED_16" ? 2 : 0;
  return [...piecesOf(offsetBytes, prefixBytes), ...piecesOf(offsetBytes + prefixBytes, widthBytes - prefixBytes)];
}

function movesOfStruct({ members }: Pick<StructLayout, "members">, startBytes: number): readonly Move[] | undefined {
  const moves = members.map((member) => movesOfMember(member, startBytes));
  return moves.every((some) => some !== undefined) ? moves.flat() : undefined;
}

export interface CopyPlace {
  readonly members: readonly StructMember[];
  readonly recordSizeBytes: number;
}

/** Statements that copy `record` to `slot`: one move per field of a small record; otherwise none, and the copy is one memcpy. */
export function planCopyMoves({ members, recordSizeBytes }: CopyPlace): readonly string[] {
  const moves = recordSizeBytes <= MAX_RECORD_BYTES ? movesOfStruct({ members }, 0) : undefined;
  if (moves === undefined || moves.length > MAX_MOVES) {
    return [];
  }
  return moves.map(({ offsetBytes, widthBytes }) => `pqflow_move_${widthBytes.toString()}(slot, record, ${offsetBytes.toString()});`);
}
