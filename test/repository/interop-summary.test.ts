/** What `npm run test:interop` makes of its parts. */
import { expect, it } from "vitest";
import { projectPath } from "../support/paths.js";

interface Cell {
  readonly place: Readonly<Record<string, string>>;
  readonly readers: Readonly<Record<string, string>>;
}
interface Summary {
  readonly cells: number;
  readonly alike: number;
  readonly gaps: readonly { readonly loss: string; readonly cells: number; readonly where: string }[];
}
interface SummaryModule {
  mergedCells(parts: readonly (readonly Cell[])[]): readonly Cell[];
  summarize(cells: readonly Cell[]): Readonly<Record<string, Summary>>;
  byFeature(cells: readonly Cell[], readers: readonly string[]): readonly (readonly [string, Readonly<Record<string, object>>])[];
  tabSeparated(cells: readonly Cell[], readers: readonly string[]): string;
}

const { mergedCells, summarize, byFeature, tabSeparated } = (await import(projectPath("scripts/interop/summary.mjs"))) as SummaryModule;

const place = { type: "int32", presence: "bit", encoding: "PLAIN", codec: "ZSTD", page: "V1", nulls: "some" };
const cells = mergedCells([
  [
    { place, readers: { DuckDB: "", Polars: "" } },
    { place: { ...place, type: "uuid" }, readers: { DuckDB: "", Polars: "refused" } },
  ],
  [
    { place, readers: { DuckDB: "cut", Polars: "" } },
    { place: { ...place, codec: "GZIP" }, readers: { DuckDB: "cut" } },
  ],
]);

it("a cell of several parts is one, lost where one of them lost it", () => {
  expect(cells.map(({ readers }) => readers)).toEqual([
    { DuckDB: "cut", Polars: "" },
    { DuckDB: "", Polars: "refused" },
    { DuckDB: "cut" },
  ]);
});

it("each reader has its cells, and each loss says where it is", () => {
  expect(summarize(cells)).toEqual({
    DuckDB: { cells: 3, alike: 1, gaps: [{ loss: "cut", cells: 2, where: "type int32" }] },
    Polars: { cells: 2, alike: 1, gaps: [{ loss: "refused", cells: 1, where: "type uuid" }] },
  });
});

it("every value of every axis has a row", () => {
  const rows = new Map(byFeature(cells, ["DuckDB", "Polars"]));
  expect(rows.get("codec ZSTD")).toEqual({ DuckDB: { cells: 2, alike: 1 }, Polars: { cells: 2, alike: 1 } });
  expect(rows.get("codec GZIP")).toEqual({ DuckDB: { cells: 1, alike: 0 }, Polars: { cells: 0, alike: 0 } });
});

it("every cell is a line, with what each reader made of it", () => {
  const lines = tabSeparated(cells, ["DuckDB", "Polars"]).trimEnd().split("\n");
  expect(lines[0]).toBe("type\tpresence\tencoding\tcodec\tpage\tnulls\tDuckDB\tPolars");
  expect(lines.slice(1).map((line) => line.split("\t").slice(-2))).toEqual([
    ["cut", "as logged"],
    ["as logged", "refused"],
    ["cut", "not read"],
  ]);
});
