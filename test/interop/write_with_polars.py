"""Writes Parquet files with Polars into the folder given as argument: codecs, small pages and row groups, with and without statistics, nested columns."""
import datetime
import sys

import polars as pl

ROWS = 3000


def some(value):
    """Every seventh is a null."""
    return [None if row % 7 == 3 else value(row) for row in range(ROWS)]


table = pl.DataFrame(
    {
        "id": pl.Series(range(ROWS), dtype=pl.Int64),
        "small": pl.Series(some(lambda row: row % 100 - 50), dtype=pl.Int8),
        "unsigned": pl.Series(some(lambda row: row * 1_000_003 % 2**32), dtype=pl.UInt32),
        "price": pl.Series(some(lambda row: -0.0 if row % 13 == 0 else row / 8), dtype=pl.Float64),
        "flag": pl.Series(some(lambda row: row % 3 == 0), dtype=pl.Boolean),
        "text": pl.Series(some(lambda row: f"symbol {row % 40} äöü"), dtype=pl.String),
        "long": pl.Series(some(lambda row: "x" * (row % 300)), dtype=pl.String),
        "blob": pl.Series(some(lambda row: bytes([row % 256] * (row % 9))), dtype=pl.Binary),
        "amount": pl.Series(some(lambda row: row - 1500), dtype=pl.Int64).cast(pl.Decimal(20, 2)),
        "day": pl.Series(some(lambda row: datetime.date(2020, 1, 1) + datetime.timedelta(days=row)), dtype=pl.Date),
        "at": pl.Series(some(lambda row: 1_767_623_400_000_000_000 + row), dtype=pl.Int64).cast(pl.Datetime("ns")),
        "side": pl.Series(some(lambda row: ["bid", "ask"][row % 2]), dtype=pl.Categorical),
        "tags": pl.Series(some(lambda row: [None if row % 5 == 0 else f"t{row % 6}"] * (row % 4)), dtype=pl.List(pl.String)),
        "box": pl.Series(some(lambda row: {"a": row, "b": [row / 2] * (row % 3)}), dtype=pl.Struct({"a": pl.Int32, "b": pl.List(pl.Float64)})),
        "nothing": pl.Series([None] * ROWS, dtype=pl.Int16),
    }
)


def write(name, what=table, **options):
    what.write_parquet(f"{sys.argv[1]}/{name}.parquet", **options)


for codec in ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4"]:
    write(codec, compression=codec, row_group_size=1200, data_page_size=2000)
write("no-statistics", statistics=False)
write("all-statistics", statistics="full")
write("one-page", data_page_size=1 << 26)
write("empty", table.head(0))
