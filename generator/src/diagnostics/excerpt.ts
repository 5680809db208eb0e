/** The lines of a source that a diagnostic talks about, with marks below. */
import { type Cell, lineCells, shortText } from "./display.js";
import type { Diagnostic, Span } from "./model.js";
import type { Style } from "./style.js";

const EXCERPT_MAX_COLUMNS = 160;
/** Columns kept before the mark when a line is cut. */
const LEAD_COLUMNS = 40;

export interface Mark {
  readonly span: Span;
  readonly label: string;
  readonly primary: boolean;
}

/** The places a diagnostic talks about, in the order of the text. */
export function marksOf({ span, label, related }: Diagnostic): readonly Mark[] {
  const marks = [
    { span, label: label ?? "", primary: true },
    ...related.map((item) => ({ span: item.span, label: item.label, primary: false })),
  ];
  return marks.toSorted((left, right) => left.span.start.offset - right.span.start.offset);
}

export interface ExcerptLook {
  readonly gutterWidth: number;
  /** Of the severity. */
  readonly paint: (text: string) => string;
  readonly style: Style;
}

/** `marks` are all of the file whose lines these are. */
export function excerptLines(
  marks: readonly Mark[],
  lines: readonly string[],
  { gutterWidth, paint, style }: ExcerptLook,
): readonly string[] {
  const numbers = [...new Set(marks.map(({ span }) => span.start.line))];
  return numbers.flatMap((number) => {
    const onLine = marks.filter(({ span }) => span.start.line === number);
    const window = cutWindow(lineCells((lines[number - 1] ?? "").replace(/\r$/, "")), onLine[0]);
    const gutter = (text: string): string => style.gutter(`${text.padStart(gutterWidth)} │`);
    const excerpt = window.cells.map(({ text }) => text).join("");
    const markLines = onLine.map((mark) => `${gutter("")} ${markText(mark, window, paint, style)}`);
    return [`${gutter(String(number))} ${window.lead}${excerpt}${window.trail}`.trimEnd(), ...markLines];
  });
}

interface Window {
  readonly cells: readonly Cell[];
  /** Units of the line before the first cell. */
  readonly skippedUnits: number;
  readonly lead: "" | "…";
  readonly trail: "" | "…";
}

/** A part of a long line that holds the mark. */
function cutWindow(cells: readonly Cell[], mark: Mark | undefined): Window {
  const totalColumns = columnsOf(cells);
  if (totalColumns <= EXCERPT_MAX_COLUMNS) return { cells, skippedUnits: 0, lead: "", trail: "" };
  const markIndex = indexOfUnit(cells, (mark?.span.start.column ?? 1) - 1);
  const first = Math.max(0, markIndex - LEAD_COLUMNS);
  const kept: Cell[] = [];
  let columns = 0;
  for (const cell of cells.slice(first)) {
    columns += cell.width;
    if (columns > EXCERPT_MAX_COLUMNS) break;
    kept.push(cell);
  }
  return {
    cells: kept,
    skippedUnits: unitsOf(cells.slice(0, first)),
    lead: first > 0 ? "…" : "",
    trail: first + kept.length < cells.length ? "…" : "",
  };
}

function columnsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function unitsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { lengthUnits }) => sum + lengthUnits, 0);
}

/** Index of the cell that holds a unit of the line; the number of cells when it lies behind them. */
function indexOfUnit(cells: readonly Cell[], unit: number): number {
  let units = 0;
  for (const [index, { lengthUnits }] of cells.entries()) {
    units += lengthUnits;
    if (unit < units) return index;
  }
  return cells.length;
}

function markText({ span, label, primary }: Mark, window: Window, paint: (text: string) => string, style: Style): string {
  const { cells, skippedUnits, lead } = window;
  const first = indexOfUnit(cells, span.start.column - 1 - skippedUnits);
  const isOneLine = span.end.line === span.start.line;
  const last = isOneLine ? indexOfUnit(cells, span.end.column - 1 - skippedUnits) : cells.length;
  const indent = lead.length + columnsOf(cells.slice(0, first));
  const length = Math.max(1, columnsOf(cells.slice(first, last)));
  const text = `${(primary ? "^" : "-").repeat(length)}${label === "" ? "" : ` ${shortText(label)}`}`;
  return " ".repeat(indent) + (primary ? paint(text) : style.gutter(text));
}
