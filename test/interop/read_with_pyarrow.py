"""Prints, as JSON, what pyarrow makes of every column of a Parquet file, page checksums of all verified: {"values": {column: [...]}, "bounds": {column: [[min, max] or null, ...]}}.

Values are integers (decimals unscaled, dates and times in their unit, booleans 0 and 1), text, {"hex": ...} of bytes, and {"double": ...} with the bits of floats.
"""
import decimal
import json
import struct
import sys
import uuid

import pyarrow as pa
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


def main(path):
    file = pq.ParquetFile(path, page_checksum_verification=True)
    table = file.read()
    names = [file.metadata.schema.column(index).name for index in range(file.metadata.num_columns)]
    values = {name: [plain(value) for value in storage(table.column(name)).to_pylist()] for name in names}
    print(json.dumps({"values": values, "bounds": {name: list(bounds(file, index)) for index, name in enumerate(names)}}))


main(sys.argv[1])
