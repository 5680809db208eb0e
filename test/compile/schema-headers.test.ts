/** The headers of schemas at run time and of recovery, as strict callers compile them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cCompilers, type Compiler, cppCompilers, createWorkshop, type Workshop } from "./compilers.js";

const c = `#include <pqflow/schema.h>
pqflow_status use(pqflow_schema** schema, pqflow_sink** sink, void* record);
pqflow_status use(pqflow_schema** schema, pqflow_sink** sink, void* record) {
  static const pqflow_column columns[1] = {{.name = "a", .physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY, .length_bytes = 4}};
  const pqflow_schema_definition definition = pqflow_schema_define("s", columns, 1);
  const pqflow_field* column;
  if (pqflow_schema_create(schema, &definition, NULL) != PQFLOW_STATUS_OK) {
    return PQFLOW_STATUS_INVALID_DESCRIPTOR;
  }
  column = pqflow_schema_column(*schema, 0);
  pqflow_column_store(record, column, "abcd");
  pqflow_column_store_counted(record, column, "a", 1);
  pqflow_column_store_padded(record, column, "a", 1);
  pqflow_column_set_null(record, column, 1);
  return pqflow_schema_sink_open(sink, *schema, "s.parquet", NULL, NULL);
}
`;

const cpp = `#include <pqflow/schema.hpp>
pqflow_status use(const void* record);
pqflow_status use(const void* record) {
  const pqflow::Schema schema = pqflow::SchemaBuilder("s").int64("a").nullable().id(3).padded("b", 8, ' ').build();
  pqflow::SchemaSink sink(schema, "s.parquet");
  pqflow::SchemaSink moved(static_cast<pqflow::SchemaSink&&>(sink));
  return moved.log(record, schema.record_size_bytes());
}
`;

const recovery = `#include <pqflow/recover.h>
pqflow_status use(pqflow_orphan_callback* callback, pqflow_recovery* sums);
pqflow_status use(pqflow_orphan_callback* callback, pqflow_recovery* sums) {
  pqflow_recover_options options = pqflow_recover_options_default();
  options.folder = ".";
  options.callback = callback;
  return pqflow_recover(&options, sums, 0);
}
`;

const label = ({ command, standard }: Compiler): string => `${command} -std=${standard}`;
const labelled = (compilers: readonly Compiler[]): readonly (readonly [string, Compiler])[] =>
  compilers.map((compiler) => [label(compiler), compiler] as const);

let workshop: Workshop;
beforeAll(() => {
  workshop = createWorkshop();
});
afterAll(() => workshop.remove());

describe("the headers of schemas at run time", () => {
  it.each(labelled(cCompilers))("are clean C for %s", async (_, compiler) => {
    expect(await workshop.compile(compiler, workshop.write("schema.c", c))).toBe("");
  });
  it.each(labelled(cppCompilers))("are clean C++ for %s", async (_, compiler) => {
    expect(await workshop.compile(compiler, workshop.write("schema.cpp", cpp))).toBe("");
  });
});

describe("the header of recovery", () => {
  it.each(labelled(cCompilers))("is clean C for %s", async (_, compiler) => {
    expect(await workshop.compile(compiler, workshop.write("recovery.c", recovery))).toBe("");
  });
  it.each(labelled(cppCompilers))("is clean C++ for %s", async (_, compiler) => {
    expect(await workshop.compile(compiler, workshop.write("recovery.cpp", recovery.replace(", 0)", ", nullptr)")))).toBe("");
  });
});
