"""Prints, as JSON, what pyarrow makes of two Parquet files of the same rows, the first with ARROW:schema and the second without: {"stored": {column: type}, "read": {column: type}, "plain": {column: type}, "unequal": [column, ...]}.

Types are texts, with nullability; those stored are of the ARROW:schema itself. Unequal are columns whose values, as Python has them, differ.
"""
import base64
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq


def text(kind):
    """Names of what lists and maps hold included; pa prints long structs cut."""
    if isinstance(kind, pa.BaseExtensionType):
        return kind.extension_name
    if pa.types.is_dictionary(kind):
        return f"dictionary<{text(kind.index_type)}, {text(kind.value_type)}>"
    if pa.types.is_map(kind):
        return f"map<{text(kind.key_type)}, {text(kind.item_type)}{null(kind.item_field)}>"
    if pa.types.is_list(kind):
        return f"list<{field(kind.value_field)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(field(kind.field(index)) for index in range(kind.num_fields))}>"
    return str(kind)


def null(a_field):
    return "" if a_field.nullable else " not null"


def field(a_field):
    return f"{a_field.name}: {text(a_field.type)}{null(a_field)}"


def types(schema):
    return {a_field.name: text(a_field.type) + null(a_field) for a_field in schema}


def main(path, plain_path):
    metadata = pq.read_metadata(path).metadata
    stored = pa.ipc.read_schema(pa.py_buffer(base64.b64decode(metadata[b"ARROW:schema"])))
    table = pq.ParquetFile(path).read()
    plain = pq.ParquetFile(plain_path).read()
    unequal = [name for name in table.column_names if table.column(name).to_pylist() != plain.column(name).to_pylist()]
    print(json.dumps({"stored": types(stored), "read": types(table.schema), "plain": types(plain.schema), "unequal": unequal}))


main(*sys.argv[1:])
