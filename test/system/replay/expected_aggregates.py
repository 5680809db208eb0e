"""Computes, straight from a Binance capture, what the columns of the three replayed files must add up to.

Written in another language than both replay producers and without any of their code: decimal strings are scaled with Python's integers.
Usage: expected_aggregates.py CAPTURE.gz   prints JSON {schema: {"rows": n, "columns": {name: {"nulls", "min", "max", "sum"}}}}; every number is a decimal string.
Text columns have byte-wise min and max, and the sum of their UTF-8 lengths; booleans count as 0 and 1.
"""

import gzip
import json
import sys


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


class Aggregate:
    def __init__(self):
        self.nulls, self.sum, self.min, self.max = 0, 0, None, None

    def add(self, value):
        if value is None:
            self.nulls += 1
            return
        if isinstance(value, str):
            value = value.encode()
        self.sum += len(value) if isinstance(value, bytes) else int(value)
        self.min = value if self.min is None else min(self.min, value)
        self.max = value if self.max is None else max(self.max, value)

    @staticmethod
    def text(value):
        if value is None:
            return None
        return value.decode() if isinstance(value, bytes) else str(int(value))

    def as_json(self):
        return {"nulls": str(self.nulls), "min": self.text(self.min), "max": self.text(self.max), "sum": str(self.sum)}


def main(path: str) -> None:
    tables = {schema: {"rows": 0, "columns": {}} for schema, _ in RECORDS_OF_STREAM.values()}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            local, _, message = line.partition(" ")
            message = json.loads(message)
            if "stream" not in message:
                continue  # The REST snapshot is not a stream message.
            schema, records = RECORDS_OF_STREAM[message["stream"].split("@")[1]]
            table = tables[schema]
            for record in records(int(local), message["data"]):
                table["rows"] += 1
                for name, value in record.items():
                    table["columns"].setdefault(name, Aggregate()).add(value)
    for table in tables.values():
        table["columns"] = {name: aggregate.as_json() for name, aggregate in table["columns"].items()}
    json.dump(tables, sys.stdout, indent=1)


main(sys.argv[1])
