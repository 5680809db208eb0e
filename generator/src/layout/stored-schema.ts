/**
 * The schema's text in a file's key-value metadata: of the resolved schema what the file does not say itself. Names, meanings and
 * descriptions stay; physical types, levels and encodings are Parquet's own to tell, and where a value lay in the producer's record
 * matters to nobody who reads the file (docs/adr/0013).
 */
import type { JsonValue } from "./canonical-json.js";

type JsonObject = { readonly [key: string]: JsonValue };

const headKeys = ["pqflow", "name", "id", "version", "namespace", "description", "layout_fingerprint", "schema_fingerprint"];

const columnKeys = [
  "name",
  "id",
  "type",
  "type_name",
  "presence",
  "value",
  "null_value",
  "source",
  "default_value",
  "min_value",
  "max_value",
  "description",
  "unit_of_measure",
  "semantic_type",
  "since_version",
  "deprecated",
];

function only(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

function storedColumns(columns: JsonValue): JsonValue {
  if (!Array.isArray(columns)) return undefined;
  return (columns as readonly JsonObject[]).map((column) => ({ ...only(column, columnKeys), children: storedColumns(column["children"]) }));
}

export function storedSchema(resolved: JsonObject): JsonValue {
  return { ...only(resolved, headKeys), columns: storedColumns(resolved["columns"]) };
}
