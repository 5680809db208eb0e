/** What a layout costs: holes, cache lines, bytes per row, and what another order of members would change. */
import type { Schema } from "../schema/model.js";
import type { JsonValue } from "./canonical-json.js";
import type { ColumnNode, LeafNode, RecordLayout, RecordMember } from "./model.js";
import { placeRecord } from "./record.js";

const CACHE_LINE_BYTES = 64;

export interface MemberReport {
  /** Field name, `valid`, or `pad`. */
  readonly name: string;
  readonly kind: RecordMember["kind"];
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly storage?: string;
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
  const sizeWith = (reorder: boolean): number => placeRecord(schema.fields, { ...schema.layout, reorder }).recordSizeBytes;
  return {
    name: schema.name,
    recordSizeBytes: layout.recordSizeBytes,
    recordAlignBytes: layout.recordAlignBytes,
    slotSizeBytes: layout.slotSizeBytes,
    paddingBytes: layout.members.filter(({ kind }) => kind === "pad").reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    cacheLineCount: Math.ceil(layout.recordSizeBytes / CACHE_LINE_BYTES),
    members: layout.members.map(memberReport),
    plainRowMaxBytes: layout.columns.flatMap(leavesOf).reduce((sum, leaf) => sum + plainMaxBytes(leaf), 0),
    reorder: { isOn: schema.layout.reorder, declaredOrderBytes: sizeWith(false), reorderedBytes: sizeWith(true) },
  };
}

function memberReport(member: RecordMember): MemberReport {
  const { kind, offsetBytes, sizeBytes } = member;
  const cacheLine = Math.floor(offsetBytes / CACHE_LINE_BYTES);
  const place = {
    kind,
    offsetBytes,
    sizeBytes,
    cacheLine,
    crossesCacheLine: kind !== "pad" && lastLine(offsetBytes, sizeBytes) > cacheLine,
  };
  if (member.kind !== "field") return { name: kind, ...place };
  const { node } = member;
  return { name: node.field.name, ...place, ...(node.kind === "leaf" ? { storage: node.storage } : {}) };
}

function lastLine(offsetBytes: number, sizeBytes: number): number {
  return Math.floor((offsetBytes + Math.max(sizeBytes, 1) - 1) / CACHE_LINE_BYTES);
}

function leavesOf(node: ColumnNode): readonly LeafNode[] {
  return node.kind === "leaf" ? [node] : node.children.flatMap(leavesOf);
}

/** Parquet's PLAIN encoding. */
function plainMaxBytes(leaf: LeafNode): number {
  switch (leaf.physicalType) {
    case "BOOLEAN":
      return 1 / 8;
    case "INT32":
    case "FLOAT":
      return 4;
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
      cache_line: member.cacheLine,
      crosses_cache_line: member.crossesCacheLine,
    })),
  };
}
