/** Limits checked before the YAML parser sees the text: it recurses, and deep nesting can end the process. */
import { Lexer } from "yaml";

export const SCHEMA_SIZE_MAX_BYTES = 1 << 20;
export const NESTING_MAX_COUNT = 64;

/** Marks that the lexer puts between tokens; they stand for no text. */
const SCALAR_TOKEN = "\u001f";
const zeroLengthTokens: ReadonlySet<string> = new Set(["\u0002", "\u0018", SCALAR_TOKEN]);

interface OpenBlock {
  readonly column: number;
  readonly kind: "sequence" | "mapping";
}

/** Follows the lexer's tokens; the lexer neither recurses nor builds a tree. */
class NestingScan {
  readonly #blocks: OpenBlock[] = [];
  #flowCount = 0;
  #scalarNext = false;
  #column = 0;
  #keyColumn = -1;
  offset = 0;

  get depth(): number {
    return this.#blocks.length + this.#flowCount;
  }

  take(token: string): void {
    if (zeroLengthTokens.has(token)) {
      this.#scalarNext = token === SCALAR_TOKEN;
      return;
    }
    if (this.#scalarNext) this.#startKey();
    else this.#classify(token);
    this.#scalarNext = false;
    const lastBreak = token.lastIndexOf("\n");
    if (lastBreak >= 0) this.#keyColumn = -1;
    this.#column = lastBreak < 0 ? this.#column + token.length : token.length - lastBreak - 1;
    this.offset += token.length;
  }

  #classify(token: string): void {
    if (token === "[" || token === "{") this.#flowCount += 1;
    else if (token === "]" || token === "}") this.#flowCount = Math.max(0, this.#flowCount - 1);
    else if (this.#flowCount === 0) this.#block(token);
  }

  #block(token: string): void {
    if (token === "-") this.#open({ column: this.#column, kind: "sequence" });
    else if (token === "?") this.#open({ column: this.#column, kind: "mapping" });
    else if (token === ":") this.#open({ column: this.#keyColumn < 0 ? this.#column : this.#keyColumn, kind: "mapping" });
    else if (token.trim() !== "") this.#startKey();
    if (token === "-" || token === "?" || token === ":") this.#keyColumn = -1;
  }

  #startKey(): void {
    if (this.#flowCount === 0 && this.#keyColumn < 0) this.#keyColumn = this.#column;
  }

  #open(block: OpenBlock): void {
    let top = this.#blocks.at(-1);
    while (
      top !== undefined &&
      (top.column > block.column || (top.column === block.column && block.kind === "mapping" && top.kind === "sequence"))
    ) {
      this.#blocks.pop();
      top = this.#blocks.at(-1);
    }
    if (top?.column !== block.column || top.kind !== block.kind) this.#blocks.push(block);
  }
}

/** Offset at which the text is nested more than NESTING_MAX_COUNT deep, or undefined. Time is linear in the text; it stops at the first excess. */
export function findExcessiveNesting(text: string): number | undefined {
  const scan = new NestingScan();
  for (const token of new Lexer().lex(text)) {
    scan.take(token);
    if (scan.depth > NESTING_MAX_COUNT) return Math.max(0, Math.min(scan.offset, text.length) - 1);
  }
  return undefined;
}
