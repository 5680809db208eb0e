"""Prints, as JSON, what Polars makes of every column of a Parquet file: {"values": {column: [...]}, "filters": [column that a filter at a bound reads wrongly, ...]}; filters only with the argument "filters". Columns that it refuses are missing.

Values are integers (decimals unscaled, dates and timestamps in their unit, times in nanoseconds, booleans 0 and 1), text, {"hex": ...} of bytes, and {"double": ...} with the bits of floats.
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


def has_wrong_filter(path, series):
    """Whether a scan, which skips by statistics, finds other rows than a look at each."""
    ends = [series.min(), series.max()]
    column = pl.col(series.name)
    for end in ends:
        if end is None:
            continue
        bound = pl.lit(end, dtype=series.dtype)
        for condition in [column == bound, column <= bound, column >= bound]:
            found = pl.scan_parquet(path).select(series.name).filter(condition).select(pl.len()).collect().item()
            if found != series.to_frame().filter(condition).height:
                return True
    return False


def is_ordered(series):
    return series.dtype.is_numeric() or series.dtype.is_temporal() or series.dtype == pl.String


def main(path, asks_filters):
    columns = read(path, list(pl.read_parquet_schema(path)))
    values = {series.name: [plain(value) for value in storage(series).to_list()] for series in columns}
    filters = [series.name for series in columns if is_ordered(series) and has_wrong_filter(path, series)] if asks_filters else []
    print(json.dumps({"values": values, "filters": filters}))


main(sys.argv[1], "filters" in sys.argv[2:])
