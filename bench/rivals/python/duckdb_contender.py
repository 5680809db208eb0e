"""DuckDB writing a table of its own memory. Usage: duckdb_contender.py THREADS SOURCE MEMORY_FOLDER DISK_FOLDER"""

import sys

import duckdb
from contender import file_variants, serve

threads, source, memory, disk = sys.argv[1:]


def text(path):
    return "'" + path.replace("'", "''") + "'"


connection = duckdb.connect()
connection.execute(f"SET threads = {int(threads)}")
connection.execute(f"CREATE TABLE records AS SELECT * FROM read_parquet({text(source)})")


def copy(options):
    return lambda path: connection.execute(f"COPY records TO {text(path)} (FORMAT parquet{options})")


ways = {
    "default": copy(""),
    "zstd": copy(", COMPRESSION zstd"),
    "v2_zstd": copy(", PARQUET_VERSION V2, COMPRESSION zstd"),
    "v2_zstd1": copy(", PARQUET_VERSION V2, COMPRESSION zstd, COMPRESSION_LEVEL 1"),
}
serve(f"DuckDB {duckdb.__version__}, {threads} threads", file_variants("duckdb", ways, {"tmpfs": memory, "disk": disk}))
