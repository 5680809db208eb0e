/** Text of a configuration → its values, every fault reported as in a schema. Paths stay as written. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { DocumentNode, SourceText } from "../document/model.js";
import { readDocument } from "../document/read.js";
import type { EmitTarget } from "../output/emit.js";
import { type Block, booleanOf, compact, readBlock, sequenceOf, textOf } from "../schema/block.js";
import { describeNode } from "../schema/kinds.js";
import { didYouMean, listWords } from "../schema/suggest.js";
import { configKeys, emitWords } from "./keys.js";
import type { Config } from "./model.js";

type ConfigBlock = Block<keyof typeof configKeys>;

/** Undefined when the text is no mapping at all; with faults, what could be read. */
export function readConfig(source: SourceText, collector: DiagnosticCollector): Config | undefined {
  const root = readDocument(source, collector);
  const block = root === undefined ? undefined : readBlock(collector, root, configKeys, { what: "a configuration" });
  if (block === undefined) return undefined;
  return compact({
    schemas: readTexts(collector, block, "schemas"),
    emit: readEmit(collector, block),
    out: textOf(block, "out"),
    clean: booleanOf(block, "clean"),
    depfile: textOf(block, "depfile"),
    quiet: booleanOf(block, "quiet"),
    timings: booleanOf(block, "timings"),
    color: textOf(block, "color") as Config["color"],
    errorFormat: textOf(block, "error_format") as Config["errorFormat"],
  });
}

function readTexts(collector: DiagnosticCollector, block: ConfigBlock, key: "schemas" | "emit"): readonly string[] | undefined {
  return sequenceOf(block, key)?.items.flatMap((node) => readText(collector, node) ?? []);
}

function readText(collector: DiagnosticCollector, node: DocumentNode): string | undefined {
  if (node.kind === "scalar" && node.value.type === "text") return node.value.value;
  if (node.kind !== "invalid") collector.report("PQ1205", { message: `expected a text, found ${describeNode(node)}`, span: node.span });
  return undefined;
}

function readEmit(collector: DiagnosticCollector, block: ConfigBlock): readonly EmitTarget[] | undefined {
  const words = readTexts(collector, block, "emit");
  for (const node of sequenceOf(block, "emit")?.items ?? []) {
    const word = node.kind === "scalar" && node.value.type === "text" ? node.value.value : undefined;
    if (word === undefined || emitWords.includes(word)) continue;
    collector.report("PQ2006", {
      message: `\`emit\` cannot be \`${word}\``,
      span: node.span,
      label: `use ${listWords(emitWords)}`,
      help: didYouMean(word, emitWords),
    });
  }
  return words === undefined ? undefined : (emitWords.filter((word) => words.includes(word)) as readonly EmitTarget[]);
}
