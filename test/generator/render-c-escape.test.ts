/** Texts of a schema cannot end a comment or a literal, and names cannot collide. */
import { describe, expect, it } from "vitest";
import { characterLiteral, docComment, lineWidth, stringLiteral, stringLiterals, utf8 } from "../../generator/src/plan/escape.js";
import { createNameScope, toCIdentifier, toPascalCase, toSnakeCase } from "../../generator/src/plan/identifiers.js";

/** Undoes the character references of a comment. */
function decode(text: string): string {
  return text.replace(/&#(x[0-9A-F]+|\d+);/g, (_, code: string) =>
    String.fromCodePoint(code.startsWith("x") ? Number.parseInt(code.slice(1), 16) : Number(code)),
  );
}

function bodyOf(comment: string): string {
  const body = comment.replace(/^ *\/\*\*\n?| *\*\/$/g, "");
  return comment.includes("\n") ? body.replace(/^ *\* ?/gm, "") : body;
}

describe("documentation comments", () => {
  it.each([
    ["an end of comment", "a */ b"],
    ["a start of comment", "a /* b /*/ c"],
    ["a chain of both", "*/*/*"],
    ["a backslash at the end of a line", "path\\"],
    ["a documentation command", "\\return @param <b>"],
    ["a trigraph", "what??/ ???"],
    ["a character reference", "&#42;&#47; &lt;"],
    ["a control character", "bell \u0007 escape \u001b"],
    ["reversed text", "\u202e txet \u2066"],
    ["a line separator", "a\u2028b"],
    ["an invisible character", "zero\u200bwidth"],
  ])("hold %s without being ended or changed in meaning", (_, text) => {
    const comment = docComment([text], "  ");
    expect(comment.slice(5, -2)).not.toMatch(/\*\/|\/\*|\\|\?\?|[@<]|[\p{C}\p{Zl}]/u);
    expect(decode(bodyOf(comment)).trim()).toBe(text);
  });

  it("keep what is harmless as it was written", () => {
    expect(docComment(["R&D: 5 % of price × quantity, in €."], "")).toBe("/** R&D: 5 % of price × quantity, in €. */");
  });

  it("are wrapped within the page, long words included, without losing a character", () => {
    const text = `${"word ".repeat(60)}${"x*/".repeat(200)}`;
    const comment = docComment([text], "  ");
    expect(comment.split("\n").every((line) => line.length <= lineWidth)).toBe(true);
    expect(decode(bodyOf(comment)).replaceAll(/\s/g, "")).toBe(text.replaceAll(" ", ""));
  });

  it("are absent where there is nothing to say", () => {
    expect(docComment([""], "  ")).toBe("");
    expect(docComment(["", " \n "], "")).toBe("");
  });
});

describe("literals", () => {
  it("escape quotes, backslashes, question marks, control and foreign bytes", () => {
    expect(stringLiteral('a"b\\c??/\n\0é')).toBe('"a\\"b\\\\c\\077\\077/\\012\\000\\303\\251"');
    expect([0x41, 0x27, 0x5c, 0x3f, 0x00, 0xff].map(characterLiteral)).toEqual([
      "'A'",
      "'\\047'",
      "'\\134'",
      "'\\077'",
      "'\\000'",
      "'\\377'",
    ]);
  });

  it("are split within the width and never inside an escape", () => {
    const pieces = stringLiterals(utf8("é".repeat(50)), 20);
    expect(pieces.every((piece) => piece.length <= 20 && /^"(\\\d{3})+"$/.test(piece))).toBe(true);
    expect(pieces.join("").replaceAll('"', "").length).toBe(400);
  });
});

describe("identifiers", () => {
  it("change what C, C++, common headers or the runtime have taken, and nothing else", () => {
    expect(["price", "class", "errno", "int64_t", "a__b", "pqflow_lane", "9a", "a-b"].map(toCIdentifier)).toEqual([
      "price",
      "class_",
      "errno_",
      "int64_t_",
      "a_b",
      "schema_pqflow_lane",
      "n_9a",
      "a_b",
    ]);
  });

  it("are unique within a scope and never hide a name of the outer one", () => {
    const outer = createNameScope();
    outer.claim("orders_record");
    const scope = createNameScope(outer, ["valid"]);
    expect(scope.claimAll(["class", "class_", "valid", "orders_record", "a__b", "a_b"])).toEqual([
      "class_2",
      "class_",
      "valid_2",
      "orders_record_2",
      "a_b_2",
      "a_b",
    ]);
  });

  it("become types and constants by case", () => {
    expect(toPascalCase("binance_book_ticker")).toBe("BinanceBookTicker");
    expect(["OrderSide", "HTTPCode", "side"].map(toSnakeCase)).toEqual(["order_side", "http_code", "side"]);
  });
});
