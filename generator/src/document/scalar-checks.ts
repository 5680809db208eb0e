/** Spellings of scalars that other YAML tools read differently, or that YAML cannot hold. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import type { ScalarValue } from "./model.js";

export interface ScalarText {
  readonly value: ScalarValue;
  readonly source: string;
  readonly plain: boolean;
  readonly span: Span;
}

/** False when the scalar was reported and must not be looked at again. */
export function checkScalar(collector: DiagnosticCollector, scalar: ScalarText): boolean {
  return checkLeadingZero(collector, scalar) && checkFinite(collector, scalar) && checkUnicode(collector, scalar);
}

function checkLeadingZero(collector: DiagnosticCollector, { value, source, plain, span }: ScalarText): boolean {
  if (!plain || (value.type !== "int" && value.type !== "float") || !/^[-+]?0[0-9]/.test(source)) return true;
  collector.report("PQ1201", {
    message: `\`${source}\` has a leading zero`,
    span,
    label: /^[-+]?0[0-7]+$/.test(source)
      ? `${BigInt(source.replace(/^[-+]/, ""))} here, ${Number.parseInt(source.replace(/^[-+]/, ""), 8)} in YAML 1.1`
      : "not a number in YAML 1.1",
    help: `write \`${source.replace(/^([-+]?)0+(?=[0-9])/, "$1")}\``,
  });
  return false;
}

function checkFinite(collector: DiagnosticCollector, { value, source, span }: ScalarText): boolean {
  if (value.type !== "float" || Number.isFinite(value.value) || Number.isNaN(value.value)) return true;
  collector.report("PQ1203", { message: `\`${source}\` is not a finite number`, span, label: "larger than any double" });
  return false;
}

function checkUnicode(collector: DiagnosticCollector, { value, span }: ScalarText): boolean {
  if (value.type !== "text" || !/\p{Surrogate}/u.test(value.value)) return true;
  collector.report("PQ1015", { message: "the text contains an unpaired surrogate", span, label: "cannot be written as UTF-8" });
  return false;
}
