/** What a layout costs: holes, cache lines, bytes per row, and what another order of members would change. */
import type { Schema } from "../schema/model.js";
import type { JsonValue } from "./canonical-json.js";
import type { ColumnNode, LeafNode, MemberShape, RecordLayout, StructLayout, StructMember } from "./model.js";
import { paddingBytes, placeRecord } from "./record.js";
import { childrenOf } from "./tree.js";

const CACHE_LINE_BYTES = 64;

export interface MemberReport {
  /** Field name, `FIELD_count`, `valid`, or `pad`; below a struct or an element behind its path. */
  readonly name: string;
  readonly kind: StructMember["kind"];
  /** From the record's start; in elements, those of the first. */
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly storage?: string;
  /** 0 for a member of the record itself. */
  readonly depth: number;
  /** Elements that there is room for, and the bytes of each. */
  readonly maxCount?: number;
  readonly strideBytes?: number;
  /** Of the record's start; the lane aligns records only to their own alignment. */
  readonly cacheLine: number;
  readonly crossesCacheLine: boolean;
}

export interface LayoutReport {
  readonly name: string;
  readonly recordSizeBytes: number;
  readonly recordAlignBytes: number;
  readonly slotSizeBytes: number;
  readonly paddingBytes: number;
  readonly cacheLineCount: number;
  readonly members: readonly MemberReport[];
  /** PLAIN values and length prefixes of one row, texts at their longest; before encoding and compression. */
  readonly plainRowMaxBytes: number;
  readonly reorder: { readonly isOn: boolean; readonly declaredOrderBytes: number; readonly reorderedBytes: number };
}

export function reportLayout(schema: Schema, layout: RecordLayout): LayoutReport {
  const sizeWith = (reorder: boolean): number => placeRecord(schema.fields, { ...schema.layout, reorder }).sizeBytes;
  return {
    name: schema.name,
    recordSizeBytes: layout.recordSizeBytes,
    recordAlignBytes: layout.recordAlignBytes,
    slotSizeBytes: layout.slotSizeBytes,
    paddingBytes: paddingBytes(recordStruct(layout)),
    cacheLineCount: Math.ceil(layout.recordSizeBytes / CACHE_LINE_BYTES),
    members: layout.members.flatMap((member) => memberReports(member, { prefix: "", baseBytes: 0, depth: 0 })),
    plainRowMaxBytes: plainRowMaxBytes(layout.columns),
    reorder: { isOn: schema.layout.reorder, declaredOrderBytes: sizeWith(false), reorderedBytes: sizeWith(true) },
  };
}

function recordStruct({ recordSizeBytes, recordAlignBytes, members }: RecordLayout): StructLayout {
  return { sizeBytes: recordSizeBytes, alignBytes: recordAlignBytes, members };
}

interface ReportPlace {
  readonly prefix: string;
  readonly baseBytes: number;
  readonly depth: number;
  /** Of a list: the field in it is called `value` in C. */
  readonly isElement?: boolean;
}

/** A member, then those of the struct or of the first element in it. */
function memberReports(member: StructMember, place: ReportPlace): readonly MemberReport[] {
  const offsetBytes = place.baseBytes + member.offsetBytes;
  const name = `${place.prefix}${place.isElement === true && member.kind === "field" ? "value" : nameOf(member)}`;
  const own = { name, kind: member.kind, ...cacheLines(member, offsetBytes), depth: place.depth };
  if (member.kind === "count") return [{ ...own, storage: member.storage }];
  if (member.kind !== "field") return [own];
  const inner = { baseBytes: offsetBytes, depth: place.depth + 1 };
  const { shape } = member;
  if (shape.kind === "struct") return [own, ...insideOf(shape.struct, { prefix: `${name}.`, ...inner })];
  if (shape.kind === "value") return [{ ...own, storage: shape.storage }];
  return [
    { ...own, maxCount: shape.maxCount, strideBytes: shape.strideBytes },
    ...elementReports(shape, { prefix: `${name}[]`, ...inner, isElement: member.field.type.kind === "list" }),
  ];
}

function insideOf({ members }: StructLayout, place: ReportPlace): readonly MemberReport[] {
  return members.flatMap((member) => memberReports(member, place));
}

/** An element that is no struct of its own goes by the list's name. */
function elementReports({ element, isStruct }: Extract<MemberShape, { kind: "array" }>, place: ReportPlace): readonly MemberReport[] {
  if (isStruct) return insideOf(element, { ...place, prefix: `${place.prefix}.` });
  const [only] = element.members;
  if (only?.kind !== "field") return [];
  if (only.shape.kind === "struct") return insideOf(only.shape.struct, { ...place, prefix: `${place.prefix}.`, isElement: false });
  const { shape } = only;
  const storage = shape.kind === "value" ? { storage: shape.storage } : {};
  return [{ name: place.prefix, kind: only.kind, ...cacheLines(only, place.baseBytes), depth: place.depth, ...storage }];
}

function nameOf(member: StructMember): string {
  if (member.kind === "count") return `${member.field.name}_count`;
  return member.kind === "field" ? member.field.name : member.kind;
}

function cacheLines(
  { kind, sizeBytes }: StructMember,
  offsetBytes: number,
): Pick<MemberReport, "offsetBytes" | "sizeBytes" | "cacheLine" | "crossesCacheLine"> {
  const cacheLine = Math.floor(offsetBytes / CACHE_LINE_BYTES);
  return { offsetBytes, sizeBytes, cacheLine, crossesCacheLine: kind !== "pad" && lastLine(offsetBytes, sizeBytes) > cacheLine };
}

function lastLine(offsetBytes: number, sizeBytes: number): number {
  return Math.floor((offsetBytes + Math.max(sizeBytes, 1) - 1) / CACHE_LINE_BYTES);
}

/** Lists and maps count as full. */
function plainRowMaxBytes(nodes: readonly ColumnNode[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind === "leaf") return sum + plainMaxBytes(node);
    return sum + (node.groupOf === "struct" ? 1 : node.repeated.maxElementCount) * plainRowMaxBytes(childrenOf(node));
  }, 0);
}

/** Parquet's PLAIN encoding. */
function plainMaxBytes(leaf: LeafNode): number {
  switch (leaf.physicalType) {
    case "BOOLEAN":
      return 1 / 8;
    case "INT32":
    case "FLOAT":
      return leaf.nullEncoding.kind === "ALWAYS" ? 0 : 4;
    case "INT64":
    case "DOUBLE":
      return 8;
    case "BYTE_ARRAY":
      return 4 + textMaxBytes(leaf);
    default:
      return leaf.typeLengthBytes;
  }
}

function textMaxBytes({ field, constantBytes, storage, widthBytes }: LeafNode): number {
  if (constantBytes !== undefined) return constantBytes.length;
  if (field.type.kind === "enum") return Math.max(...field.type.values.map(({ name }) => name.length));
  const prefixBytes: Readonly<Record<string, number>> = { COUNTED_8: 1, COUNTED_16: 2 };
  return widthBytes - (prefixBytes[storage] ?? 0);
}

export function layoutJson(report: LayoutReport): JsonValue {
  return {
    name: report.name,
    record_size_bytes: report.recordSizeBytes,
    record_align_bytes: report.recordAlignBytes,
    slot_size_bytes: report.slotSizeBytes,
    padding_bytes: report.paddingBytes,
    cache_line_count: report.cacheLineCount,
    plain_row_max_bytes: report.plainRowMaxBytes,
    reorder: {
      is_on: report.reorder.isOn,
      declared_order_bytes: report.reorder.declaredOrderBytes,
      reordered_bytes: report.reorder.reorderedBytes,
    },
    members: report.members.map((member) => ({
      name: member.name,
      kind: member.kind,
      offset_bytes: member.offsetBytes,
      size_bytes: member.sizeBytes,
      storage: member.storage,
      max_count: member.maxCount,
      stride_bytes: member.strideBytes,
      cache_line: member.cacheLine,
      crosses_cache_line: member.crossesCacheLine,
    })),
  };
}
