"""Expectation of the weather and flights replay. Usage: wide.py WEATHER.csv.gz FLIGHTS.avro"""

import csv
import gzip
import re
import sys
from datetime import date, datetime, timedelta

import avro
from aggregates import Table, double_order, print_tables


def real(cell: str) -> int:
    return double_order(float(cell))


def milliseconds(cell: str) -> int:
    return (datetime.fromisoformat(cell.replace("Z", "+00:00")) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")) // timedelta(milliseconds=1)


WEATHER = {"origin": str, "time_hour": milliseconds} | dict.fromkeys(("year", "month", "day", "hour", "wind_dir"), int)


def weather(path: str) -> Table:
    table = Table()
    with gzip.open(path, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            table.add({name: None if cell == "NA" else WEATHER.get(name, real)(cell) for name, cell in row.items()})
    return table


def column_name(name: str) -> str:
    """CRSDepTime is crs_dep_time: a word begins at a capital after a small letter, or before one."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def days(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def flag(value: int) -> bool:
    return {0: False, 1: True}[value]


FLIGHT = {"FlightDate": days, "CancellationCode": {"A": "carrier", "B": "weather", "C": "national_air_system", "D": "security"}.get}
FLIGHT |= dict.fromkeys(("DepDel15", "ArrDel15", "Cancelled", "Diverted", "DivReachedDest"), flag)


def flights(path: str) -> Table:
    table = Table()
    for record in avro.records(path):
        scalars = {name: value for name, value in record.items() if not isinstance(value, list)}
        convert = {name: FLIGHT.get(name, lambda value: value) for name in scalars}
        table.add({column_name(name): None if value is None else convert[name](value) for name, value in scalars.items()})
    return table


print_tables({"weather": weather(sys.argv[1]), "flight": flights(sys.argv[2])})
