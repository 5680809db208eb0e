"""Writes the rows of a Parquet file again with pyarrow: python3 write_with_pyarrow.py SOURCE DEFAULT BEST.

DEFAULT is what write_table does when asked for nothing. BEST is zstd level 1 with the encoding of each column that makes it smallest: the
columns are written in every way that pyarrow has for their type, and the winners together.
"""
import sys

import pyarrow.parquet as pq

source, default, best = sys.argv[1:]
ENCODINGS = {
    "BOOLEAN": ["RLE"],
    "INT32": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
    "INT64": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
    "FLOAT": ["BYTE_STREAM_SPLIT"],
    "DOUBLE": ["BYTE_STREAM_SPLIT"],
    "BYTE_ARRAY": ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"],
    "FIXED_LEN_BYTE_ARRAY": ["DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"],
}
BEST = {"compression": "zstd", "compression_level": 1, "store_decimal_as_integer": True}


def column_sizes(path):
    sizes = {}
    metadata = pq.ParquetFile(path).metadata
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            sizes[chunk.path_in_schema] = sizes.get(chunk.path_in_schema, 0) + chunk.total_compressed_size
    return sizes


table = pq.read_table(source)
pq.write_table(table, default)
pq.write_table(table, best, **BEST)
metadata = pq.ParquetFile(best).metadata
types = {metadata.schema.column(index).path: metadata.schema.column(index).physical_type for index in range(metadata.num_columns)}


def write_best(dictionary, encodings):
    pq.write_table(table, best, use_dictionary=dictionary, column_encoding=encodings, **BEST)
    return column_sizes(best)


# Each trial gives every column the next encoding of its type: "dictionary", None (PLAIN), or one by name.
choices = {path: ["dictionary", None, *ENCODINGS.get(physical, [])] for path, physical in types.items()}
sizes = {path: {} for path in types}
for trial in range(max(map(len, choices.values()))):
    tried = {path: ways[min(trial, len(ways) - 1)] for path, ways in choices.items()}
    dictionary = [path for path, way in tried.items() if way == "dictionary"]
    encodings = {path: way for path, way in tried.items() if way not in ("dictionary", None)}
    for path, size in write_best(dictionary, encodings or None).items():
        sizes[path][tried[path]] = size
winners = {path: min(ways, key=ways.get) for path, ways in sizes.items()}
write_best([path for path, way in winners.items() if way == "dictionary"], {path: way for path, way in winners.items() if way not in ("dictionary", None)} or None)
