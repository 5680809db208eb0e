"""Reads Parquet files with Polars. Each line of standard input is a request of words with tabs between them, each line of output its answer as JSON:

- values PATH: {"values": {column: [...]}} of flat columns; those that it refuses are missing. Values are integers (decimals unscaled, dates and timestamps in their unit, times in
  nanoseconds, booleans 0 and 1), text, {"hex": ...} of bytes, and {"double": ...} with the bits of floats.
- nested PATH: {"columns": {column: [...]}}, without those that it refuses: structs as objects, lists as arrays, maps as objects, every scalar as text, bytes in
  hexadecimal digits.
- filters PATH COLUMN PREDICATE;...: {"counts": [...]}: the rows that each predicate finds in a scan that skips by statistics. A predicate is an operator and the rows whose values
  are its operands: "=,12" or "in,12,80".
"""
import json
import os
import struct
import sys

os.environ["POLARS_IMPORT_INTERVAL_AS_STRUCT"] = "1"  # Without it a file with an INTERVAL column cannot even be opened.
os.environ["RUST_BACKTRACE"] = "0"
import polars as pl


def plain(value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return {"double": struct.pack(">d", value).hex()}


def storage(series):
    """Numbers instead of dates, times and decimals: Python's own would lose nanoseconds."""
    if series.dtype == pl.Float16:
        return series.cast(pl.Float64)
    is_number = series.dtype.is_temporal() or series.dtype.is_decimal()
    return series.to_physical() if is_number else series


def read(path, names):
    """The columns that it reads; one that it refuses takes its half of the file with it, until it is alone."""
    try:
        return pl.read_parquet(path, columns=names).get_columns()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        half = len(names) // 2
        return [] if half == 0 else read(path, names[:half]) + read(path, names[half:])


def read_values(path):
    columns = read(path, list(pl.read_parquet_schema(path)))
    return {"values": {series.name: [plain(value) for value in storage(series).to_list()] for series in columns}}


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
    columns = read(path, list(pl.read_parquet_schema(path)))
    return {"columns": {series.name: [plain_nested(value) for value in series.to_list()] for series in columns}}


def literal(series, row):
    """Of the column's own type: Python's dates and times would lose nanoseconds."""
    if series.dtype.is_temporal():
        return pl.lit(series.to_physical()[row], dtype=series.to_physical().dtype).cast(series.dtype)
    return pl.lit(series[row], dtype=series.dtype)


def condition(series, predicate):
    operator, *rows = predicate.split(",")
    column = pl.col(series.name)
    if operator == "null":
        return column.is_null()
    if operator == "in":
        return column.is_in(series.gather([int(row) for row in rows]).implode())
    operand = literal(series, int(rows[0]))
    return {"=": column == operand, "<": column < operand, "<=": column <= operand, ">": column > operand, ">=": column >= operand}[operator]


def count(path, name, predicates):
    series = pl.read_parquet(path, columns=[name]).to_series()
    scan = pl.scan_parquet(path).select(name)
    queries = [scan.filter(condition(series, predicate)).select(pl.len()) for predicate in predicates.split(";")]
    return {"counts": [query.collect().item() for query in queries]}


requests = {"values": read_values, "nested": read_nested, "filters": count}
for line in sys.stdin:
    request, *words = line.rstrip("\n").split("\t")
    try:
        answer = requests[request](*words)
    except (Exception, pl.exceptions.PanicException) as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
