/** Text from a schema made fit for a terminal: one cell per character, with its width; nothing that could move the cursor or reorder the line. */

export interface Cell {
  readonly text: string;
  /** Terminal columns. */
  readonly width: number;
  /** UTF-16 code units of the source. */
  readonly lengthUnits: number;
}

const TAB_WIDTH = 4;

/** Controls, format characters (bidi, zero width), line separators, unpaired surrogates, private use. */
const hostile = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]$/u;
const combining = /^[\p{Mn}\p{Me}]$/u;

/** East Asian wide and fullwidth, and emoji that terminals draw two columns wide. */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2755],
  [0x2795, 0x2797],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

function characterWidth(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (combining.test(character)) return 0;
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One line of a source as cells; tabs reach to the next multiple of four columns. */
export function lineCells(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const character of line) {
    const cell = characterCell(character, column);
    cells.push(cell);
    column += cell.width;
  }
  return cells;
}

function characterCell(character: string, column: number): Cell {
  const lengthUnits = character.length;
  if (character === "\t") {
    const width = TAB_WIDTH - (column % TAB_WIDTH);
    return { text: " ".repeat(width), width, lengthUnits };
  }
  if (!hostile.test(character)) return { text: character, width: characterWidth(character), lengthUnits };
  const text = escapeCharacter(character);
  return { text, width: text.length, lengthUnits };
}

/** For messages, labels and file names, which quote what the schema says. */
function escapeHostile(text: string): string {
  return Array.from(text, (character) => (hostile.test(character) ? escapeCharacter(character) : character)).join("");
}

const ESCAPED_MAX_LENGTH = 300;

/** escapeHostile, cut where a name in the schema is absurdly long. */
export function shortText(text: string): string {
  const escaped = escapeHostile(text);
  return escaped.length <= ESCAPED_MAX_LENGTH ? escaped : `${escaped.slice(0, ESCAPED_MAX_LENGTH)}…`;
}
