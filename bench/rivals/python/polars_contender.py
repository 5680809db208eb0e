"""Polars writing a frame; POLARS_MAX_THREADS is set by the harness. Usage: polars_contender.py THREADS SOURCE MEMORY_FOLDER DISK_FOLDER"""

import sys

import polars
from contender import file_variants, serve

threads, source, memory, disk = sys.argv[1:]
frame = polars.read_parquet(source).rechunk()


def write(**options):
    return lambda path: frame.write_parquet(path, **options)


ways = {
    "default": write(),
    "zstd1": write(compression="zstd", compression_level=1),
    "zstd1_65536": write(compression="zstd", compression_level=1, row_group_size=65_536),
    "uncompressed": write(compression="uncompressed"),
}
version = f"Polars {polars.__version__}, {polars.thread_pool_size()} threads"
serve(version, file_variants("polars", ways, {"tmpfs": memory, "disk": disk}))
