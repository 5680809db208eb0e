// A result as text for a terminal.
import { absoluteDefinitions, ratioDefinitions } from "./ratios.mjs";

const shown = (value) => (value >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toFixed(2));

function rowLine({ name, unit, median, runs, reason }) {
  if (median === null) return `  ${name.padEnd(58)}${"–".padStart(14)} ${reason}`;
  return `  ${name.padEnd(58)}${shown(median).padStart(14)} ${unit.padEnd(13)} ${shown(Math.min(...runs))} … ${shown(Math.max(...runs))}`;
}

function figureLine(name, value, { target, better }, reason) {
  return `  ${name.padEnd(58)}${value === null ? "–".padStart(14) : shown(value).padStart(14)} ${better} ${shown(target)}${reason === undefined ? "" : `; ${reason}`}`;
}

export function printResult({ machine, versions, rows, ratios, absolute, reasons }) {
  console.log(`\n${machine.processor}, ${machine.processors} processors, kernel ${machine.kernel}`);
  console.log(
    `${Object.values(versions)
      .filter((version) => version !== null)
      .join("; ")}\n`,
  );
  for (const row of rows) console.log(rowLine(row));
  console.log("");
  for (const [name, value] of Object.entries(ratios)) console.log(figureLine(name, value, ratioDefinitions[name], reasons[name]));
  for (const [name, value] of Object.entries(absolute)) console.log(figureLine(name, value, absoluteDefinitions[name], reasons[name]));
}
