"""Reads Parquet files that are still written: read_live_with_python.py READER. Each line of standard input is a path, each line of output "ROWS SUM" of its column `sequence`, or
"error ...". READER: pyarrow, pyarrow-mapped or polars. A mapped file is touched from end to end."""
import sys

READER = sys.argv[1]
if READER == "polars":
    import polars as pl
else:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq


def read(path):
    if READER == "polars":
        column = pl.read_parquet(path, columns=["sequence"])["sequence"]
        return column.len(), column.sum() or 0
    source = pa.memory_map(path) if READER == "pyarrow-mapped" else path
    table = pq.read_table(source, columns=["sequence"])
    if READER == "pyarrow-mapped":
        held.append(source)
        del held[:-3]
        source.seek(0)
        sum(source.read()[::4096])
    return table.num_rows, pc.sum(table["sequence"]).as_py() or 0


held = []
for line in sys.stdin:
    try:
        print(*read(line.rstrip("\n")), flush=True)
    except FileNotFoundError:
        print("gone", flush=True)
    except Exception as error:
        print("error", repr(error).replace("\n", " "), flush=True)
