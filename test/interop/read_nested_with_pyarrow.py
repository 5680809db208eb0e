"""Prints, as JSON, the rows of a Parquet file as pyarrow gives them, page checksums verified: structs as objects, lists as arrays, maps as arrays of [key, value], every scalar as text, bytes in hexadecimal digits."""
import json
import sys

import pyarrow.parquet as pq


def plain(value):
    if value is None:
        return None
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


table = pq.ParquetFile(sys.argv[1], page_checksum_verification=True).read()
json.dump([plain(row) for row in table.to_pylist()], sys.stdout)
