"""Expectation of the PX4 replay, from the format that the log itself declares. Usage: px4.py LOG.ulg"""

import re
import struct
import sys

from aggregates import Table, float_order, print_tables

TOPIC = "sensor_combined"
CODES = {"uint64_t": "Q", "uint32_t": "I", "int32_t": "i", "uint8_t": "B", "float": "f"}
NO_ACCELERATION = 2**31 - 1


def messages(data: bytes):
    offset = 16
    while offset + 3 <= len(data):
        size, kind = struct.unpack_from("<Hc", data, offset)
        yield kind, data[offset + 3 : offset + 3 + size]
        offset += 3 + size


def members(declaration: str) -> list:
    """[(name, code)] of a format, an array's elements as name_x, name_y, name_z; padding is left out."""
    result = []
    for kind, count, name in re.findall(r"(\w+?)(?:\[(\d+)\])? (\w+);", declaration):
        if name.startswith("_padding"):
            continue
        names = [f"{re.split('_(?:rad|m_s2)$', name)[0]}_{axis}" for axis in "xyz"] if count else [name]
        result += [(each, CODES[kind]) for each in names]
    return result


def value(name: str, code: str, raw):
    if name == "accelerometer_timestamp_relative" and raw == NO_ACCELERATION:
        return None
    return float_order(raw) if code == "f" else raw


with open(sys.argv[1], "rb") as file:
    data = file.read()
table, columns, topic_id = Table(), [], None
for kind, body in messages(data):
    if kind == b"F" and body.decode().startswith(TOPIC + ":"):
        columns = members(body.decode().partition(":")[2])
    elif kind == b"A" and body[3:].decode() == TOPIC:
        (topic_id,) = struct.unpack_from("<H", body, 1)
    elif kind == b"D" and struct.unpack_from("<H", body)[0] == topic_id:
        values = struct.unpack("<" + "".join(code for _, code in columns), body[2:])
        table.add({name: value(name, code, raw) for (name, code), raw in zip(columns, values)})
print_tables({"px4_sensor_combined": table})
