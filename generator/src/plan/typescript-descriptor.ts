/** The descriptor of pqflow/descriptor.h as an object literal; the same values as the generated C descriptor has. */
import { bloomFilterInFile, encodingInFile } from "../layout/encodings.js";
import type { ArrayNode, ColumnNode, GroupNode, LeafNode, LogicalType, NullEncoding, RecordLayout } from "../layout/model.js";
import type { Compression, Schema } from "../schema/model.js";
import { fingerprintText, objectLiteral, stringLiteral, textLiteral } from "./typescript-literals.js";
import type { Literal } from "./typescript-model.js";

/** PQFLOW_ABI_VERSION of the headers this generator belongs to. */
const ABI_VERSION = 1;

type Entry = readonly [key: string, value: Literal | undefined];

function number(value: number | undefined): Literal | undefined {
  return value === undefined ? undefined : textLiteral(value.toString());
}

/** What is 0 is left out. */
function count(value: number): Literal | undefined {
  return value === 0 ? undefined : number(value);
}

function flag(value: boolean): Literal | undefined {
  return value ? textLiteral("true") : undefined;
}

function codecEntries(compression: Compression | undefined): readonly Entry[] {
  if (compression === undefined) return [];
  return [
    ["codec", stringLiteral(compression.codec)],
    ["codecLevel", number(compression.level)],
  ];
}

function logicalEntries(logical: LogicalType): readonly Entry[] {
  const kind: Entry = ["logicalType", logical.kind === "NONE" ? undefined : stringLiteral(logical.kind)];
  switch (logical.kind) {
    case "DECIMAL":
      return [kind, ["decimalPrecision", number(logical.precision)], ["decimalScale", count(logical.scale)]];
    case "TIME":
    case "TIMESTAMP":
      return [kind, ["timeUnit", stringLiteral(logical.unit)], ["isAdjustedToUtc", flag(logical.isAdjustedToUtc)]];
    case "INTEGER":
      return [kind, ["integerBitWidth", number(logical.bitWidth)], ["integerIsSigned", flag(logical.isSigned)]];
    default:
      return [kind];
  }
}

function nullEntries(encoding: NullEncoding): readonly Entry[] {
  const kind: Entry = ["nullKind", stringLiteral(encoding.kind)];
  switch (encoding.kind) {
    case "NEVER":
      return [];
    case "NAN":
    case "ALWAYS":
      return [kind];
    case "SENTINEL":
      return [kind, ["nullValueBits", textLiteral(`${encoding.bits}n`)]];
    case "BIT":
      return [
        kind,
        ["nullByteOffsetBytes", number(encoding.byteOffsetBytes)],
        ["nullBitIndex", number(encoding.bitIndex)],
        ["nullBitWhenPresent", number(1)],
      ];
  }
}

function enumValues({ field, constantBytes }: LeafNode): Literal | undefined {
  const { type } = field;
  if (type.kind !== "enum" || (type.storedAs === "code" && type.unknown === "keep") || constantBytes !== undefined) return undefined;
  const items = type.values.map(({ name, value }) =>
    objectLiteral([
      ["code", textLiteral(`${BigInt.asIntN(64, value)}n`)],
      ["name", stringLiteral(name)],
    ]),
  );
  return { kind: "array", items };
}

function padByte({ field }: LeafNode): Literal | undefined {
  const { type } = field;
  return (type.kind === "string" || type.kind === "json") && type.length.mode === "fixed" ? count(type.length.padByte) : undefined;
}

/** The tree, depth first. */
function nodeLiterals(node: ColumnNode, schema: Schema): readonly Literal[] {
  if (node.kind === "leaf") return [leafLiteral(node, schema)];
  const inner = node.groupOf === "struct" ? node.children.flatMap((child) => nodeLiterals(child, schema)) : repeatedLiterals(node, schema);
  return [groupLiteral(node), ...inner];
}

function groupLiteral(node: GroupNode): Literal {
  return objectLiteral([
    ["name", stringLiteral(node.field.name)],
    ["fieldId", number(node.field.id)],
    ["childCount", number(node.groupOf === "struct" ? node.children.length : 1)],
    ["physicalType", stringLiteral("NONE")],
    ["logicalType", node.groupOf === "struct" ? undefined : stringLiteral(node.groupOf.toUpperCase())],
    ["repetition", stringLiteral(node.repetition)],
    ...levelEntries(node),
    ["storage", stringLiteral("NONE")],
    ["offsetBytes", count(node.offsetBytes)],
    ["widthBytes", count(node.widthBytes)],
    ...nullEntries(node.nullEncoding),
    ["statistics", stringLiteral("NONE")],
  ]);
}

/** The group of the elements, and what is in it. */
function repeatedLiterals({ repeated }: ArrayNode, schema: Schema): readonly Literal[] {
  const group = objectLiteral([
    ["name", stringLiteral(repeated.name)],
    ["childCount", number(repeated.children.length)],
    ["physicalType", stringLiteral("NONE")],
    ["repetition", stringLiteral("REPEATED")],
    ...levelEntries(repeated),
    ["storage", stringLiteral(repeated.storage)],
    ["offsetBytes", count(repeated.offsetBytes)],
    ["widthBytes", count(repeated.widthBytes)],
    ["maxElementCount", number(repeated.maxElementCount)],
    ["elementStrideBytes", number(repeated.elementStrideBytes)],
    ["statistics", stringLiteral("NONE")],
  ]);
  return [group, ...repeated.children.flatMap((child) => nodeLiterals(child, schema))];
}

function levelEntries({
  maxDefinitionLevel,
  maxRepetitionLevel,
}: Pick<LeafNode, "maxDefinitionLevel" | "maxRepetitionLevel">): readonly Entry[] {
  return [
    ["maxDefinitionLevel", count(maxDefinitionLevel)],
    ["maxRepetitionLevel", count(maxRepetitionLevel)],
  ];
}

function leafLiteral(node: LeafNode, schema: Schema): Literal {
  const { field, constantBytes } = node;
  const encoding = encodingInFile(node, schema);
  const bloomFilter = bloomFilterInFile(node, schema);
  return objectLiteral([
    ["name", stringLiteral(field.name)],
    ["fieldId", number(field.id)],
    ["physicalType", stringLiteral(node.physicalType)],
    ...logicalEntries(node.logicalType),
    ["typeLengthBytes", count(node.typeLengthBytes)],
    ["repetition", stringLiteral(node.repetition)],
    ...levelEntries(node),
    ["storage", stringLiteral(node.storage)],
    ["offsetBytes", count(node.offsetBytes)],
    ["widthBytes", count(node.widthBytes)],
    ["padByte", padByte(node)],
    ...nullEntries(node.nullEncoding),
    ["enumValues", enumValues(node)],
    [
      "unknownCode",
      field.type.kind === "enum" && field.type.unknown === "null" && constantBytes === undefined ? stringLiteral("NULL") : undefined,
    ],
    ["constantHex", constantBytes === undefined ? undefined : stringLiteral(Buffer.from(constantBytes).toString("hex"))],
    ...codecEntries(field.parquet.compression),
    ["encoding", encoding === "AUTO" ? undefined : stringLiteral(encoding)],
    ["bloomFilterFpp", number(bloomFilter?.fpp)],
    ["bloomFilterNdv", number(bloomFilter?.ndv)],
    ["statistics", stringLiteral((field.parquet.statistics ?? schema.parquet.statistics).toUpperCase())],
  ]);
}

function defaultsLiteral({ parquet, sink }: Schema): Literal {
  return objectLiteral([
    ["path", sink.filePath === undefined ? undefined : stringLiteral(sink.filePath)],
    ["manifest", sink.manifest === undefined ? undefined : stringLiteral(sink.manifest)],
    ["rowGroupBytes", number(parquet.rowGroupBytes)],
    ["rowGroupRows", number(parquet.rowGroupRows)],
    ["ringSlotsCount", number(sink.ringSlots)],
    ["ringDir", sink.ringDir === undefined ? undefined : stringLiteral(sink.ringDir)],
    ["durability", sink.durability === undefined ? undefined : stringLiteral(sink.durability)],
    ["orphans", sink.orphans === undefined ? undefined : stringLiteral(sink.orphans)],
    ["flushIntervalNs", number(sink.flushIntervalNs)],
    ["rotateBytes", number(sink.rotateBytes)],
    ["rotateRows", number(sink.rotateRows)],
    ["rotateIntervalNs", number(sink.rotateIntervalNs)],
    ["rotateClockNs", number(sink.rotateClockNs)],
    ["journalIntervalNs", number(sink.journalIntervalNs)],
    ["pageRows", number(parquet.pageRows)],
    ["pageBytes", number(parquet.pageBytes)],
    ["dataPageVersion", number(parquet.dataPageVersion)],
    ["floatOrder", parquet.floatOrder === undefined ? undefined : stringLiteral(parquet.floatOrder)],
    ["profile", parquet.profile === undefined ? undefined : stringLiteral(parquet.profile)],
    ["layout", sink.fileLayout === undefined ? undefined : stringLiteral(sink.fileLayout)],
    ...codecEntries(parquet.compression),
    ["encoderThreads", number(sink.encoderThreads)],
  ]);
}

function keyValues(layout: RecordLayout): Literal {
  const items = layout.keyValues.map(([key, value]) =>
    objectLiteral([
      ["key", stringLiteral(key)],
      ["value", stringLiteral(value)],
    ]),
  );
  return { kind: "array", items };
}

function sortingColumns({ sorting }: RecordLayout): Literal {
  const items = sorting.map(({ columnIndex, descending, nullsFirst }) =>
    objectLiteral([
      ["columnIndex", number(columnIndex)],
      ["descending", flag(descending)],
      ["nullsFirst", flag(nullsFirst)],
    ]),
  );
  return { kind: "array", items };
}

export function planDescriptor(schema: Schema, layout: RecordLayout): Literal {
  return objectLiteral([
    ["abiVersion", number(ABI_VERSION)],
    ["name", stringLiteral(schema.name)],
    ["schemaVersion", number(schema.version)],
    ["recordSizeBytes", number(layout.recordSizeBytes)],
    ["recordAlignBytes", number(layout.recordAlignBytes)],
    ["slotSizeBytes", number(layout.slotSizeBytes)],
    ["layoutFingerprint", textLiteral(fingerprintText(layout.layoutFingerprint))],
    ["schemaFingerprint", textLiteral(fingerprintText(layout.schemaFingerprint))],
    ["fields", { kind: "array", items: layout.columns.flatMap((node) => nodeLiterals(node, schema)) }],
    ["keyValues", keyValues(layout)],
    ["sortingColumns", layout.sorting.length === 0 ? undefined : sortingColumns(layout)],
    ["defaults", defaultsLiteral(schema)],
    ["schemaJson", stringLiteral(layout.storedJson)],
  ]);
}
