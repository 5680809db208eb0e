"""Expectation of the Databento replay, from the published layout by offsets. Usage: dbn.py TABLE=FILE.dbn..."""

import struct
import sys

from aggregates import Table, print_tables

UNDEFINED_PRICE = 2**63 - 1
UNDEFINED_TIME = 2**64 - 1


def defined(value: int, undefined: int):
    return None if value == undefined else value


def unpacked(record: bytes, code: str, offset: int) -> int:
    return struct.unpack_from("<" + code, record, offset)[0]


def price(record: bytes, offset: int):
    return defined(unpacked(record, "q", offset), UNDEFINED_PRICE)


def time(record: bytes, offset: int):
    return defined(unpacked(record, "Q", offset), UNDEFINED_TIME)


ACTIONS = {"A": "add", "C": "cancel", "M": "modify", "R": "clear", "T": "trade", "F": "fill", "N": "none"}
SIDES = {"A": "ask", "B": "bid", "N": "none"}


def names(record: bytes, action_offset: int) -> dict:
    return {"action": ACTIONS[chr(record[action_offset])], "side": SIDES[chr(record[action_offset + 1])]}


def header(record: bytes) -> dict:
    publisher_id, instrument_id = struct.unpack_from("<HI", record, 2)
    return {"publisher_id": publisher_id, "instrument_id": instrument_id, "ts_event": time(record, 8)}


def receipt(record: bytes, offset: int) -> dict:
    ts_in_delta, sequence = struct.unpack_from("<iI", record, offset + 8)
    return {"ts_recv": time(record, offset), "ts_in_delta": ts_in_delta, "sequence": sequence}


def mbo(record: bytes) -> dict:
    order = {"order_id": unpacked(record, "Q", 16), "price": price(record, 24), "size": unpacked(record, "I", 32)}
    return header(record) | order | {"flags": record[36], "channel_id": record[37]} | names(record, 38) | receipt(record, 40)


def trade(record: bytes) -> dict:
    what = {"price": price(record, 16), "size": unpacked(record, "I", 24)}
    return header(record) | what | names(record, 28) | {"flags": record[30], "depth": record[31]} | receipt(record, 32)


def mbp1(record: bytes) -> dict:
    sizes = struct.unpack_from("<IIII", record, 64)
    level = dict(zip(("bid_size", "ask_size", "bid_count", "ask_count"), sizes))
    return trade(record) | {"bid_price": price(record, 48), "ask_price": price(record, 56)} | level


def ohlcv(record: bytes) -> dict:
    prices = {name: price(record, 16 + 8 * index) for index, name in enumerate(("open", "high", "low", "close"))}
    interval = {32: "second", 33: "minute", 34: "hour", 35: "day"}[record[1]]
    return {"rtype": interval} | header(record) | prices | {"volume": unpacked(record, "Q", 48)}


def statistic(record: bytes) -> dict:
    """Versions 1 and 2 have a quantity of four bytes, version 3 of eight; what follows has moved."""
    is_wide = len(record) == 80
    quantity = defined(unpacked(record, "q", 40), 2**63 - 1) if is_wide else defined(unpacked(record, "i", 40), 2**31 - 1)
    tail = struct.unpack_from("<IiHHBB", record, 48 if is_wide else 44)
    tail_names = ("sequence", "ts_in_delta", "stat_type", "channel_id", "update_action", "stat_flags")
    times = {"ts_recv": time(record, 16), "ts_ref": time(record, 24)}
    return header(record) | times | {"price": price(record, 32), "quantity": quantity} | dict(zip(tail_names, tail))


DECODERS = {
    "dbn_mbo": (mbo, 56),
    "dbn_trade": (trade, 48),
    "dbn_mbp1": (mbp1, 80),
    "dbn_ohlcv": (ohlcv, 56),
    "dbn_ohlcv_1d": (ohlcv, 56),
    "dbn_statistic": (statistic, 64),
    "dbn_statistic_v3": (statistic, 80),
}
# rtype 32 in the second byte: a bar of zeros gives the names of the columns of a table without rows.
BLANK_BAR = bytes([14, 32]) + bytes(54)


def records(path: str):
    with open(path, "rb") as file:
        data = file.read()
    offset = 8 + unpacked(data, "I", 4)
    while offset < len(data):
        length = data[offset] * 4
        yield data[offset : offset + length]
        offset += length


tables = {}
for argument in sys.argv[1:]:
    name, path = argument.split("=", 1)
    decode, size = DECODERS[name]
    if name not in tables:
        tables[name] = Table(ohlcv(BLANK_BAR) if name == "dbn_ohlcv_1d" else ())
    for record in records(path):
        if len(record) != size:
            raise ValueError(f"{path}: a record of {len(record)} bytes")
        tables[name].add(decode(record))
print_tables(tables)
