"""Price levels of a Binance capture as slots of the schema binance_depth, as they would lie in the ring.

Usage: make_depth.py LAYOUT.pqflow.json CAPTURE.gz SLOTS; prints how many records it wrote.
"""

import gzip
import json
import struct
import sys

SCALE = 10**8


def scaled(text):
    whole, _, fraction = text.partition(".")
    return int(whole) * SCALE + int(fraction.ljust(8, "0"))


def levels(capture):
    """(local time, message, side, price, quantity), bids before asks."""
    with gzip.open(capture, "rt", encoding="utf-8") as lines:
        for line in lines:
            local_time, _, text = line.partition(" ")
            message = json.loads(text).get("data")
            if message is None or message.get("e") != "depthUpdate":
                continue
            for side, name in ((b"B", "b"), (b"A", "a")):
                for price, quantity in message[name]:
                    yield int(local_time), message, side, scaled(price), scaled(quantity)


def main(layout_path, capture, slots_path):
    with open(layout_path, encoding="utf-8") as file:
        layout = json.load(file)
    columns = {column["name"]: column for column in layout["columns"]}
    offset = {name: column["offset_bytes"] for name, column in columns.items()}
    null_bit = columns["transaction_time"]["null"]
    slot = bytearray(layout["record"]["slot_size_bytes"])
    count = 0
    with open(slots_path, "wb") as slots:
        for local_time, message, side, price, quantity in levels(capture):
            symbol = message["s"].encode()
            numbers = {
                "local_time": local_time,
                "event_time": message["E"],
                "transaction_time": message.get("T", 0),
                "first_update_id": message["U"],
                "final_update_id": message["u"],
                "previous_update_id": message.get("pu", 0),
                "price": price,
                "quantity": quantity,
            }
            for name, number in numbers.items():
                struct.pack_into("<q", slot, offset[name], number)
            struct.pack_into("B15s", slot, offset["symbol"], len(symbol), symbol)
            struct.pack_into("c", slot, offset["side"], side)
            slot[null_bit["byte_offset_bytes"]] = ("T" in message) << null_bit["bit_index"]
            slots.write(slot)
            count += 1
    print(count)


main(*sys.argv[1:])
