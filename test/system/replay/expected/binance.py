"""Computes, straight from a Binance capture, what the columns of the three replayed files must add up to.

Written in another language than both replay producers and without any of their code: decimal strings are scaled with Python's integers.
Usage: binance.py CAPTURE.gz
"""

import gzip
import json
import sys

from aggregates import Table, print_tables


def scaled(text: str) -> int:
    """The decimal string times 10^8, exactly."""
    sign = -1 if text.startswith("-") else 1
    whole, _, fraction = text.lstrip("-").partition(".")
    if len(fraction) > 8:
        raise ValueError(f"more than 8 decimals: {text}")
    return sign * (int(whole) * 10**8 + int(fraction.ljust(8, "0")))


def local_and_venue_times(local: int, data: dict) -> dict:
    return {"local_time": local, "event_time": data.get("E"), "transaction_time": data.get("T"), "symbol": data["s"]}


def depth_records(local: int, data: dict):
    common = local_and_venue_times(local, data) | {
        "first_update_id": data["U"],
        "final_update_id": data["u"],
        "previous_update_id": data.get("pu"),
    }
    for side, levels in (("bid", data["b"]), ("ask", data["a"])):
        for price, quantity in levels:
            yield common | {"side": side, "price": scaled(price), "quantity": scaled(quantity)}


def book_ticker_records(local: int, data: dict):
    yield local_and_venue_times(local, data) | {
        "update_id": data["u"],
        "bid_price": scaled(data["b"]),
        "bid_quantity": scaled(data["B"]),
        "ask_price": scaled(data["a"]),
        "ask_quantity": scaled(data["A"]),
    }


def trade_records(local: int, data: dict):
    yield {
        "local_time": local,
        "event_time": data["E"],
        "trade_time": data["T"],
        "symbol": data["s"],
        "trade_id": data["t"],
        "price_e8": scaled(data["p"]),
        "quantity_e8": scaled(data["q"]),
        "is_buyer_maker": data["m"],
        "is_best_match": data.get("M"),
        "order_type": data.get("X"),
    }


RECORDS_OF_STREAM = {
    "depth": ("binance_depth", depth_records),
    "bookTicker": ("binance_book_ticker", book_ticker_records),
    "trade": ("binance_trade", trade_records),
}


def main(path: str) -> None:
    tables = {schema: Table() for schema, _ in RECORDS_OF_STREAM.values()}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            local, _, message = line.partition(" ")
            message = json.loads(message)
            if "stream" not in message:
                continue  # The REST snapshot is not a stream message.
            schema, records = RECORDS_OF_STREAM[message["stream"].split("@")[1]]
            for record in records(int(local), message["data"]):
                tables[schema].add(record)
    print_tables(tables)


main(sys.argv[1])
