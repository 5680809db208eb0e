/** Which language a document is written in. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { MappingNode } from "./model.js";

/** Another version of the language may mean anything: nothing else is said about such a file. */
export function checkLanguage(collector: DiagnosticCollector, root: MappingNode): boolean {
  const node = root.entries.find(({ key }) => key === "pqflow")?.value;
  if (node?.kind !== "scalar" || node.value.type === "null") return true;
  if (node.value.type === "int" && node.value.value === 1n) return true;
  const isFraction = node.value.type === "float";
  collector.report("PQ2005", {
    message: `\`pqflow: ${node.source}\` is not a version of the schema language`,
    span: node.span,
    label: "this generator reads version 1",
    notes: isFraction ? ["the version is an integer: YAML reads 1.10 as 1.1"] : [],
    help: "write `pqflow: 1`",
  });
  return false;
}
