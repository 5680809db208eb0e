/** show, layout, explain, --error-format and --timings. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../generator/src/diagnostics/codes.js";
import { runGenerator } from "./support/host.js";
import { namedSchema, projectFolder, schemaText, temporaryFolder } from "./support/folders.js";

const folder = temporaryFolder();
const holes = `${schemaText(
  "{name: a, id: 1, type: int8}",
  "{name: text, id: 2, type: string, max_length: 58}",
  "{name: b, id: 3, type: int64}",
  "{name: c, id: 4, type: int8, presence: optional}",
)}layout: {reorder: false}\n`;
const root = projectFolder(folder, {
  "good.yaml": namedSchema("good"),
  "holes.yaml": holes,
  "bad, 100%.yaml": holes.replace("int64", "int46"),
});
const [good, withHoles, bad] = [join(root, "good.yaml"), join(root, "holes.yaml"), join(root, "bad, 100%.yaml")];

describe("show", () => {
  it("prints the resolved schema as generate writes it", async () => {
    const shown = await runGenerator(["show", good]);
    expect(shown).toEqual({ ...(await runGenerator([good, "--stdout", "--emit", "ir"])), exitCode: 0 });
    expect(JSON.parse(shown.out)).toMatchObject({ name: "good", record: { size_bytes: 8 } });
  });

  it.each(["show", "layout"])("%s is about one schema", async (verb) => {
    const run = await runGenerator([verb, good, withHoles]);
    expect(run).toEqual({ exitCode: 2, out: "", error: `error: name one schema; these are 2: ${good}, ${withHoles}\n` });
  });

  it.each(["show", "layout"])("%s reports the errors of a schema and exits 1", async (verb) => {
    const run = await runGenerator([verb, bad]);
    expect(run).toMatchObject({ exitCode: 1, out: "" });
    expect(run.error).toContain("error[PQ2101]");
  });
});

describe("layout", () => {
  it("prints offsets, holes, cache lines, bytes a row, and what reordering would save", async () => {
    const run = await runGenerator(["layout", withHoles]);
    expect(run.exitCode).toBe(0);
    expect(run.out).toBe(`trades: 80 bytes aligned to 8, 2 cache lines, slots of 88 bytes
padding: 10 bytes (12.5 %)
in the file: at most 78 bytes a row before encoding and compression
reorder: would save 8 bytes; with \`layout: {reorder: true}\` the record has 72

 offset    size  member  storage
      0       1  a       INT8
      1      59  text    COUNTED_8
     60       4  pad     hole
        -- cache line 1 --
     64       8  b       INT64
     72       1  c       INT8
     73       1  valid   null bits
     74       6  pad     hole
`);
  });

  it("marks members that cross a cache line", async () => {
    const wide = `${schemaText("{name: a, id: 1, type: uuid}", "{name: wide, id: 2, type: fixed, length: 100}")}`;
    const path = join(projectFolder(folder, { "wide.yaml": wide }), "wide.yaml");
    expect((await runGenerator(["layout", path])).out).toContain("wide    FIXED_BYTES, crosses a cache line\n");
  });

  it("shows what is inside of structs and elements, with counts and strides", async () => {
    const level = "type: struct, fields: [{name: px, type: int64}, {name: qty, type: int16}]";
    const tags = "type: list, of: {type: string, max_length: 2, presence: optional}, max_count: 2";
    const nested = schemaText(
      `{name: bids, id: 1, type: list, of: {${level}}, max_count: 3}`,
      `{name: best, id: 2, ${level}, presence: optional}`,
      `{name: tags, id: 3, ${tags}}`,
      "{name: counts, id: 4, type: map, key: uint8, value: {type: int16, presence: optional}, max_count: 300}",
    );
    const path = join(projectFolder(folder, { "nested.yaml": nested }), "nested.yaml");
    const { out } = await runGenerator(["layout", path]);
    expect(out).toBe(`trades: 1280 bytes aligned to 8, 20 cache lines, slots of 1344 bytes
padding: 27 bytes (2.1 %)
in the file: at most 2460 bytes a row before encoding and compression
reorder: saves 608 bytes; in the order of the schema the record has 1888

 offset    size  member          storage
      0      48  bids            3 × 16 bytes
      0       8  bids[].px       INT64
      8       2  bids[].qty      INT16
     10       6  bids[].pad      hole
     48      16  best            struct
     48       8  best.px         INT64
     56       2  best.qty        INT16
     58       6  best.pad        hole
        -- cache line 1 --
     64       2  counts_count    UINT16
     66    1200  counts          300 × 4 bytes
     66       2  counts[].value  INT16
     68       1  counts[].key    UINT8
     69       1  counts[].valid  null bits
        -- cache line 19 --
   1266       1  bids_count      UINT8
   1267       1  tags_count      UINT8
   1268       8  tags            2 × 4 bytes
   1268       3  tags[].value    COUNTED_8
   1271       1  tags[].valid    null bits
   1276       1  valid           null bits
   1277       3  pad             hole
`);
    const { members } = JSON.parse((await runGenerator(["layout", path, "--format", "json"])).out) as { members: readonly object[] };
    expect(members[0]).toMatchObject({ name: "bids", kind: "field", size_bytes: 48, max_count: 3, stride_bytes: 16 });
    expect(members[1]).toMatchObject({ name: "bids[].px", offset_bytes: 0, storage: "INT64" });
  });

  it("prints the same as JSON", async () => {
    const { out } = await runGenerator(["layout", withHoles, "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      name: "trades",
      record_size_bytes: 80,
      padding_bytes: 10,
      cache_line_count: 2,
      plain_row_max_bytes: 78,
      reorder: { is_on: false, declared_order_bytes: 80, reordered_bytes: 72 },
      members: { 2: { kind: "pad", offset_bytes: 60, size_bytes: 4 }, 3: { name: "b", storage: "INT64", cache_line: 1 } },
    });
  });
});

describe("explain", () => {
  it.each(Object.entries(diagnosticCodes))("says what %s means", async (code, { title, advice, severity }) => {
    expect(await runGenerator(["explain", code])).toEqual({
      exitCode: 0,
      out: `${code} (${severity}): ${title}\n\n${advice}\n`,
      error: "",
    });
  });

  it("does not mind small letters, and suggests a code that exists", async () => {
    expect((await runGenerator(["explain", "pq2101"])).out).toContain("PQ2101 (error): unknown type");
    const run = await runGenerator(["explain", "PQ2110"]);
    expect(run).toEqual({
      exitCode: 2,
      out: "",
      error: expect.stringMatching(/^error: no diagnostic is called PQ2110: did you mean `PQ2\d+`\?\n$/) as string,
    });
  });
});

describe("--error-format", () => {
  it("json prints one object a line, and no words beside them", async () => {
    const run = await runGenerator(["check", bad, withHoles, "--error-format", "json"]);
    expect(run.exitCode).toBe(1);
    const objects = run.error
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(objects).toEqual([
      {
        code: "PQ2101",
        severity: "error",
        message: "unknown type `int46`",
        file: bad,
        start: { line: 7, col: 28, offset: expect.any(Number) as number },
        end: { line: 7, col: 33, offset: expect.any(Number) as number },
        label: "not a built-in type and not in `types:`",
        related: [],
        notes: [],
        fixes: [{ title: "did you mean `int64`?", edits: [] }],
      },
      expect.objectContaining({ code: "PQ3104", severity: "warning", file: withHoles }),
    ]);
    expect(await runGenerator(["check", good, "--error-format", "json"])).toEqual({ exitCode: 0, out: "", error: "" });
  });

  it("github prints workflow commands with properties escaped", async () => {
    const run = await runGenerator(["check", bad, "--error-format", "github"]);
    const file = bad.replace("%", "%25").replace(",", "%2C");
    expect(run.error).toContain(
      `::error file=${file},line=7,endLine=7,col=28,endColumn=32,title=PQ2101::unknown type \`int46\`: not a built-in type and not in \`types:\`%0Ahelp: did you mean \`int64\`?\n`,
    );
    expect(run.error).toMatch(/\nerror: 1 error in 1 schema\n$/);
  });
});

describe("--timings", () => {
  it.each([
    [["--emit", "ir", "--out", join(root, "out")], "start 84 ms, read 0 ms, render 0 ms, write 0 ms"],
    [["--emit", "ir", "--stdout"], "start 84 ms, read 0 ms, render 0 ms, print 0 ms"],
    [["--emit", "ir", "--check", "--out", join(root, "out")], "start 84 ms, read 0 ms, render 0 ms, compare 0 ms"],
  ])("%j names the parts", async (args, parts) => {
    expect((await runGenerator([good, ...args, "--timings"])).error).toContain(`note: ${parts}\n`);
  });

  it("is not printed without the flag", async () => {
    expect((await runGenerator([good, "--emit", "ir", "--stdout"])).error).toBe("");
  });
});
