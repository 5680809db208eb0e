/** Offsets into the text of a schema as spans with lines and columns. */
import { LineCounter } from "yaml";
import type { Position, Span } from "../diagnostics/model.js";

export class SourceMap {
  readonly lineCounter = new LineCounter();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  span(startOffset: number, endOffset: number): Span {
    return { file: this.#file, start: this.#position(startOffset), end: this.#position(endOffset) };
  }

  #position(offset: number): Position {
    const { line, col } = this.lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), offset };
  }
}
