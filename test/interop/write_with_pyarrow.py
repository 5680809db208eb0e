"""Writes Parquet files with pyarrow into the folder given as argument: codecs, both page versions, every encoding it can be asked for, nested columns, page indexes."""
import datetime
import decimal
import sys

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 3000


def some(value):
    """Every seventh is a null."""
    return [None if row % 7 == 3 else value(row) for row in range(ROWS)]


NAN = float("nan")
table = pa.table(
    {
        "id": pa.array(range(ROWS), pa.int64()),
        "small": pa.array(some(lambda row: row % 100 - 50), pa.int8()),
        "unsigned": pa.array(some(lambda row: row * 1_000_003 % 2**32), pa.uint32()),
        "price": pa.array(some(lambda row: NAN if row % 11 == 5 else -0.0 if row % 13 == 0 else row / 8), pa.float64()),
        "ratio": pa.array(some(lambda row: row / 3), pa.float32()),
        "flag": pa.array(some(lambda row: row % 3 == 0), pa.bool_()),
        "text": pa.array(some(lambda row: f"symbol {row % 40} äöü"), pa.string()),
        "blob": pa.array(some(lambda row: bytes([row % 256] * (row % 9))), pa.binary()),
        "fixed": pa.array(some(lambda row: bytes([row % 256] * 5)), pa.binary(5)),
        "amount": pa.array(some(lambda row: decimal.Decimal(row - 1500) / 100), pa.decimal128(20, 2)),
        "at": pa.array(some(lambda row: 1_767_623_400_000_000_000 + row), pa.timestamp("ns")),
        "day": pa.array(some(lambda row: datetime.date(2020, 1, 1) + datetime.timedelta(days=row)), pa.date32()),
        "time": pa.array(some(lambda row: row * 1_000_000), pa.time64("us")),
        "tags": pa.array(some(lambda row: [None if row % 5 == 0 else f"t{row % 6}"] * (row % 4)), pa.list_(pa.string())),
        "box": pa.array(some(lambda row: {"a": row, "b": [{"c": row / 2}] * (row % 3)}), pa.struct([("a", pa.int32()), ("b", pa.list_(pa.struct([("c", pa.float64())])))])),
        "map": pa.array(some(lambda row: [(f"k{key}", key) for key in range(row % 3)]), pa.map_(pa.string(), pa.int32())),
        "nothing": pa.array([None] * ROWS, pa.null()),
    }
)
flat = table.drop_columns(["tags", "box", "map", "nothing"])


def write(name, what=table, **options):
    pq.write_table(what, f"{sys.argv[1]}/{name}.parquet", row_group_size=1200, data_page_size=2000, write_page_checksum=True, **options)


for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
    for version in ["1.0", "2.0"]:
        write(f"{codec}-{version}", compression=codec, data_page_version=version, write_page_index=version == "2.0")
write("plain", use_dictionary=False)
write("sorted", flat, sorting_columns=[pq.SortingColumn(0)])
for column, encoding in [
    ("id", "DELTA_BINARY_PACKED"),
    ("day", "DELTA_BINARY_PACKED"),
    ("text", "DELTA_LENGTH_BYTE_ARRAY"),
    ("text", "DELTA_BYTE_ARRAY"),
    ("fixed", "DELTA_BYTE_ARRAY"),
    ("price", "BYTE_STREAM_SPLIT"),
    ("ratio", "BYTE_STREAM_SPLIT"),
    ("id", "BYTE_STREAM_SPLIT"),
    ("flag", "RLE"),
]:
    write(f"{column}-{encoding}", flat, use_dictionary=False, column_encoding={column: encoding}, write_page_index=True)
pq.write_table(table.slice(0, 0), f"{sys.argv[1]}/empty.parquet")
pq.write_table(table, f"{sys.argv[1]}/int96.parquet", use_deprecated_int96_timestamps=True)
