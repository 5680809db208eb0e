/** Texts of the schema as they may stand in C: comments, character and string literals. Nothing a text contains can end its comment or literal. */

/** Widest line that generated C has; that of .clang-format. */
export const lineWidth = 140;

/** Invisible, directional, private and unassigned characters, line and paragraph separators, lone surrogates. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/u;
const entity = /^&(#\d+|#x[0-9a-f]+|[a-z]+);/i;

function escapeCommentCharacter(character: string, previous: string, rest: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (invisible.test(character)) {
    return `&#x${code.toString(16).toUpperCase()};`;
  }
  const endsComment = (character === "/" && previous === "*") || (character === "*" && previous === "/");
  const isTrigraph = character === "?" && previous === "?";
  const isCommand = character === "\\" || character === "@" || character === "<";
  const isEntity = character === "&" && entity.test(rest);
  return endsComment || isTrigraph || isCommand || isEntity ? `&#${code};` : character;
}

/** The characters of one word, each escaped so that no sequence of them ends a comment, starts a documentation command or hides text. */
function escapeWord(word: string): readonly string[] {
  const characters = [...word];
  let offset = 0;
  return characters.map((character, index) => {
    const escaped = escapeCommentCharacter(character, characters[index - 1] ?? "", word.slice(offset));
    offset += character.length;
    return escaped;
  });
}

/** Columns a text takes, wide characters counted generously. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    count += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  }
  return count;
}

function splitWord(word: string, width: number): readonly string[] {
  const parts = [""];
  for (const piece of escapeWord(word)) {
    const last = parts.length - 1;
    if (columns((parts[last] ?? "") + piece) > width) {
      parts.push(piece);
    } else {
      parts[last] = (parts[last] ?? "") + piece;
    }
  }
  return parts;
}

function wrapParagraph(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \t]+/).flatMap((part) => (part === "" ? [] : splitWord(part, width)))) {
    if (line !== "" && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A documentation comment of the given lines of text, each line of output indented; no newline at its end. Empty for no text. */
export function docComment(texts: readonly string[], indent: string): string {
  const width = lineWidth - indent.length - "/**  */".length;
  const paragraphs = texts.flatMap((text) => text.trimEnd().split(/\r\n|\r|\n/));
  const lines = paragraphs.flatMap((paragraph) => wrapParagraph(paragraph, width));
  if (lines.every((line) => line === "")) {
    return "";
  }
  if (lines.length === 1) {
    return `${indent}/** ${lines[0] ?? ""} */`;
  }
  const body = lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("");
  return `${indent}/**\n${body}${indent} */`;
}

function escapeByte(byte: number): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x27 && byte !== 0x3f && byte !== 0x5c;
  return isPlain ? String.fromCharCode(byte) : byte === 0x22 ? '\\"' : byte === 0x5c ? "\\\\" : byte === 0x27 ? "'" : octal(byte);
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, "0")}`;
}

/** Bytes of a text as it lies in a file. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** String literals of at most `width` columns each, quotes included, that together are the bytes. At least one. */
export function stringLiterals(bytes: Uint8Array, width: number): readonly string[] {
  const pieces = [""];
  for (const byte of bytes) {
    const escaped = escapeByte(byte);
    const last = pieces.length - 1;
    if ((pieces[last] ?? "").length + escaped.length + 2 > width) {
      pieces.push(escaped);
    } else {
      pieces[last] = (pieces[last] ?? "") + escaped;
    }
  }
  return pieces.map((piece) => `"${piece}"`);
}

/** One string literal, however wide. */
export function stringLiteral(text: string): string {
  return stringLiteralOf(utf8(text));
}

export function stringLiteralOf(bytes: Uint8Array): string {
  return stringLiterals(bytes, Infinity).join("");
}

/** A character literal of type int in C and char in C++. */
export function characterLiteral(byte: number): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x3f && byte !== 0x5c;
  return isPlain ? `'${String.fromCharCode(byte)}'` : `'${octal(byte)}'`;
}
