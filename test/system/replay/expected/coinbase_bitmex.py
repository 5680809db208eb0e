"""Expectation of the Coinbase and BitMEX replays. Usage: coinbase_bitmex.py COINBASE.gz BITMEX.gz"""

import gzip
import json
import sys
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from aggregates import Table, double_order, print_tables

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def shifted(number: Decimal, decimals: int) -> int:
    """number × 10^decimals, which must be whole."""
    value = number.scaleb(decimals)
    if value != int(value):
        raise ValueError(f"{number} has more than {decimals} decimals")
    return int(value)


def amount(text: str) -> int:
    return shifted(Decimal(text), 8)


def price(number: Decimal) -> int:
    return shifted(number, 10)


def since_epoch(text: str, unit: timedelta) -> int:
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // unit


def microseconds(text: str) -> int:
    return since_epoch(text, timedelta(microseconds=1))


def milliseconds(text: str) -> int:
    return since_epoch(text, timedelta(milliseconds=1))


def messages(path: str, **options):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            local, separator, message = line.partition(": ")
            if separator and not local.startswith("wss"):
                yield shifted(Decimal(local), 9), json.loads(message, **options)


def coinbase_levels(local: int, message: dict):
    snapshot = [("sell", *level) for level in message.get("asks", [])] + [("buy", *level) for level in message.get("bids", [])]
    time = microseconds(message["time"]) if "time" in message else None
    for side, at, size in message.get("changes", snapshot):
        common = {"local_time": local, "time": time, "product_id": message["product_id"], "kind": message["type"]}
        yield common | {"side": side, "price": amount(at), "size": amount(size)}


COINBASE = {
    "time": microseconds,
    "maker_order_id": lambda text: uuid.UUID(text).bytes,
    "taker_order_id": lambda text: uuid.UUID(text).bytes,
} | dict.fromkeys(
    ("price", "open_24h", "volume_24h", "low_24h", "high_24h", "volume_30d", "best_bid", "best_ask", "last_size", "size"), amount
)


def coinbase_trade(local: int, message: dict) -> dict:
    record = {name: COINBASE.get(name, lambda value: value)(value) for name, value in message.items() if name != "type"}
    is_match = message["type"] != "ticker"
    return {"local_time": local} | ({"is_last": message["type"] == "last_match"} if is_match else {}) | record


def replay_coinbase(path: str) -> dict:
    levels, tickers, matches = Table(), Table(), Table()
    for local, message in messages(path):
        if message["type"] in ("snapshot", "l2update"):
            for record in coinbase_levels(local, message):
                levels.add(record)
        elif message["type"] != "subscriptions":
            (tickers if message["type"] == "ticker" else matches).add(coinbase_trade(local, message))
    return {"coinbase_level": levels, "coinbase_ticker": tickers, "coinbase_match": matches}


def double(number) -> int:
    return double_order(float(number))


BITMEX = {
    "timestamp": ("timestamp", milliseconds),
    "symbol": ("symbol", str),
    "id": ("id", int),
    "side": ("side", str.lower),
    "size": ("size", int),
    "price": ("price", price),
    "bidSize": ("bid_size", int),
    "bidPrice": ("bid_price", price),
    "askPrice": ("ask_price", price),
    "askSize": ("ask_size", int),
    "tickDirection": ("tick_direction", str),
    "trdMatchID": ("match_id", lambda text: uuid.UUID(text).bytes),
    "grossValue": ("gross_value", int),
    "homeNotional": ("home_notional", double),
    "foreignNotional": ("foreign_notional", double),
}


def bitmex_record(local: int, message: dict, row: dict) -> dict:
    values = {name: convert(row[key]) for key, (name, convert) in BITMEX.items() if key in row}
    if message["table"] != "orderBookL2":
        return {"local_time": local} | values
    return {"local_time": local, "action": message["action"], "size": None, "price": None} | values


def replay_bitmex(path: str) -> dict:
    tables = {"orderBookL2": Table(), "quote": Table(), "trade": Table()}
    for local, message in messages(path, parse_float=Decimal, parse_int=Decimal):
        for row in message["data"] if "table" in message else ():
            tables[message["table"]].add(bitmex_record(local, message, row))
    return dict(zip(("bitmex_level", "bitmex_quote", "bitmex_trade"), tables.values()))


print_tables(replay_coinbase(sys.argv[1]) | replay_bitmex(sys.argv[2]))
