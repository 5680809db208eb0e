"""Reads Parquet files with pyarrow, page checksums of all verified. Each line of standard input is a request of words with tabs between them, each line of output its answer as JSON:

- values PATH: {"values": {column: [...]}, "bounds": {column: [[min, max] or null, ...]}} of flat columns. Values are integers (decimals unscaled, dates and times in their unit,
  booleans 0 and 1), text, {"hex": ...} of bytes, and {"double": ...} with the bits of floats.
- nested PATH: {"rows": [...]}: structs as objects, lists as arrays, maps as arrays of [key, value], every scalar as text, bytes in hexadecimal digits.
- filters PATH COLUMN PREDICATE;...: {"counts": [...]}: the rows that each predicate finds in a scan that skips row groups. A predicate is an operator and the rows whose values
  are its operands: "=,12" or "in,12,80".
"""
import decimal
import json
import struct
import sys
import uuid

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq


def storage(column):
    """Numbers instead of dates and times: Python's own would lose nanoseconds."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return storage(column.cast(kind.storage_type))
    if pa.types.is_date32(kind) or pa.types.is_time32(kind):
        return column.cast(pa.int32())
    if pa.types.is_time64(kind) or pa.types.is_timestamp(kind):
        return column.cast(pa.int64())
    return column


def plain(value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, decimal.Decimal):
        return str(unscaled(value))
    if isinstance(value, uuid.UUID):
        return {"hex": value.hex}
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return {"double": struct.pack(">d", float(value)).hex()}


def unscaled(value):
    sign, digits, _ = value.as_tuple()
    number = int("".join(map(str, digits)))
    return -number if sign else number


def bounds(file, index):
    """Of each chunk; null where there are none, and for dates and times, which Python's own types would cut."""
    is_temporal = pa.types.is_temporal(file.schema_arrow.field(index).type)
    for group in range(file.num_row_groups):
        statistics = file.metadata.row_group(group).column(index).statistics
        yield [plain(statistics.min), plain(statistics.max)] if statistics.has_min_max and not is_temporal else None


def read_values(path):
    file = pq.ParquetFile(path, page_checksum_verification=True)
    table = file.read()
    names = [file.metadata.schema.column(index).name for index in range(file.metadata.num_columns)]
    values = {name: [plain(value) for value in storage(table.column(name)).to_pylist()] for name in names}
    return {"values": values, "bounds": {name: list(bounds(file, index)) for index, name in enumerate(names)}}


def plain_nested(value):
    if value is None:
        return None
    if isinstance(value, dict):
        return {name: plain_nested(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_nested(item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def read_nested(path):
    table = pq.ParquetFile(path, page_checksum_verification=True).read()
    return {"rows": [plain_nested(row) for row in table.to_pylist()]}


def condition(column, values, predicate):
    operator, *rows = predicate.split(",")
    operands = [values[int(row)] for row in rows]
    if operator == "null":
        return column.is_null()
    if operator == "in":
        return column.isin(values.take(pa.array([int(row) for row in rows])))
    comparisons = {"=": column.__eq__, "<": column.__lt__, "<=": column.__le__, ">": column.__gt__, ">=": column.__ge__}
    return comparisons[operator](operands[0])


def count(path, name, predicates):
    values = pq.read_table(path, columns=[name]).column(0).combine_chunks()
    source = ds.dataset(path, format="parquet")
    return {"counts": [source.count_rows(filter=condition(pc.field(name), values, predicate)) for predicate in predicates.split(";")]}


requests = {"values": read_values, "nested": read_nested, "filters": count}
for line in sys.stdin:
    request, *words = line.rstrip("\n").split("\t")
    try:
        answer = requests[request](*words)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
