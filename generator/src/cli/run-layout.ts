/** layout: prints the record's bytes. */
import type { LayoutFlags } from "../flags.js";
import { canonicalJson } from "../layout/canonical-json.js";
import { layoutJson, type LayoutReport, type MemberReport, reportLayout } from "../layout/report.js";
import type { Host } from "./host.js";
import { readOneSchema } from "./sources.js";

/** Exit code 0 or 1. Throws OutputError. */
export function runLayout(flags: LayoutFlags, host: Host): number {
  const read = readOneSchema(flags, host);
  if (read === undefined) return 1;
  const report = reportLayout(read.schema, read.layout);
  host.out(flags.format === "json" ? `${JSON.stringify(JSON.parse(canonicalJson(layoutJson(report))), null, 2)}\n` : layoutText(report));
  return 0;
}

function layoutText(report: LayoutReport): string {
  const { name, recordSizeBytes, recordAlignBytes, slotSizeBytes, paddingBytes, cacheLineCount } = report;
  const lines = [
    `${name}: ${recordSizeBytes} bytes aligned to ${recordAlignBytes}, ${cacheLineCount} cache line${cacheLineCount === 1 ? "" : "s"}, slots of ${slotSizeBytes} bytes`,
    `padding: ${paddingBytes} bytes (${((100 * paddingBytes) / recordSizeBytes).toFixed(1)} %)`,
    `in the file: at most ${Math.ceil(report.plainRowMaxBytes)} bytes a row before encoding and compression`,
    reorderLine(report),
    "",
    ...table(report.members),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function reorderLine({ reorder: { isOn, declaredOrderBytes, reorderedBytes } }: LayoutReport): string {
  const savedBytes = declaredOrderBytes - reorderedBytes;
  if (savedBytes === 0) return "reorder: makes no difference";
  if (isOn) return `reorder: saves ${savedBytes} bytes; in the order of the schema the record has ${declaredOrderBytes}`;
  return `reorder: would save ${savedBytes} bytes; with \`layout: {reorder: true}\` the record has ${reorderedBytes}`;
}

function table(members: readonly MemberReport[]): readonly string[] {
  const width = Math.max(6, ...members.map(({ name }) => name.length));
  const row = (offset: string, size: string, name: string, rest: string): string =>
    `${offset.padStart(7)} ${size.padStart(7)}  ${name.padEnd(width)}  ${rest}`;
  return [
    row("offset", "size", "member", "storage"),
    ...members.flatMap((member, index) => {
      const startsLine = member.cacheLine > (members[index - 1]?.cacheLine ?? 0);
      const remark = remarkOf(member);
      const text = member.crossesCacheLine && member.maxCount === undefined ? `${remark}, crosses a cache line` : remark;
      const line = row(String(member.offsetBytes), String(member.sizeBytes), member.name, text);
      return startsLine ? [`        -- cache line ${member.cacheLine} --`, line] : [line];
    }),
  ];
}

function remarkOf({ kind, storage, maxCount, strideBytes }: MemberReport): string {
  if (kind === "pad") return "hole";
  if (kind === "valid") return "null bits";
  if (maxCount !== undefined) return `${maxCount} × ${strideBytes ?? 0} bytes`;
  return storage ?? "struct";
}
