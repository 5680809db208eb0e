"""What columns must add up to, computed with Python's integers alone; test/support/readers/aggregates.ts defines the numbers.

The programs beside this file know one capture each: they read the input with code of their own and print, through print_tables,
JSON {table: {"rows": n, "columns": {name: {"nulls", "min", "max", "sum", "digest"}}}} with every number as a decimal string.
"""

import hashlib
import json
import struct
import sys

WORD = 2**64


def double_order(value: float) -> int:
    """The place of a double in IEEE 754's total order; all NaNs are one."""
    if value != value:
        return 0x7FF8 << 48
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return bits ^ (2**63 - 1) if bits < 0 else bits


def float_order(value: float) -> int:
    """The same for a 32-bit float."""
    if value != value:
        return 0x7FC0 << 16
    (bits,) = struct.unpack("<i", struct.pack("<f", value))
    return bits ^ (2**31 - 1) if bits < 0 else bits


class Aggregate:
    """One column. Values are int, bool, str, bytes or None; floating point goes through the functions above."""

    def __init__(self):
        self.nulls, self.sum, self.digest, self.min, self.max = 0, 0, 0, None, None
        self.is_text = False
        self.words = {}  # Of each distinct text or bytes: hashed and compared once.

    def add(self, row: int, value) -> None:
        if value is None:
            self.nulls += 1
        elif isinstance(value, int):
            self.sum += value
            self.digest += row * (value % WORD)
            self.bound(value)
        else:
            if value not in self.words:
                self.meet(value)
            length, word = self.words[value]
            self.sum += length
            self.digest += row * word

    def meet(self, value) -> None:
        self.is_text = isinstance(value, str)
        stored = value.encode() if self.is_text else value
        self.words[value] = (len(stored), int.from_bytes(hashlib.md5(stored).digest()[8:], "little"))
        self.bound(stored)

    def bound(self, value) -> None:
        if self.min is None or value < self.min:
            self.min = value
        if self.max is None or value > self.max:
            self.max = value

    def shown(self, value):
        if value is None or isinstance(value, int):
            return None if value is None else str(int(value))
        return value.decode() if self.is_text else value.hex()

    def as_json(self):
        return {
            "nulls": str(self.nulls),
            "min": self.shown(self.min),
            "max": self.shown(self.max),
            "sum": str(self.sum),
            "digest": str(self.digest % WORD),
        }


class Table:
    """Columns are named beforehand where a table may have no rows."""

    def __init__(self, columns=()):
        self.rows = 0
        self.columns = {name: Aggregate() for name in columns}

    def add(self, record: dict) -> None:
        self.rows += 1
        for name, value in record.items():
            if name not in self.columns:
                self.columns[name] = Aggregate()
            self.columns[name].add(self.rows, value)

    def as_json(self):
        return {"rows": self.rows, "columns": {name: column.as_json() for name, column in self.columns.items()}}


def print_tables(tables: dict) -> None:
    json.dump({name: table.as_json() for name, table in tables.items()}, sys.stdout)
