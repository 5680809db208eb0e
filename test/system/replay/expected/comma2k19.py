"""Expectation of the comma2k19 replay. Usage: comma2k19.py FOLDER"""

import ast
import os
import struct
import sys

from aggregates import Table, double_order, print_tables

FOLDER = sys.argv[1]


def columns_of(path: str) -> list:
    """The columns of a .npy file, each a list of numbers or of bytes."""
    with open(os.path.join(FOLDER, path + ".npy"), "rb") as file:
        data = file.read()
    start = 10 + int.from_bytes(data[8:10], "little")
    header = ast.literal_eval(data[10:start].decode())
    rows, columns = (*header["shape"], 1)[:2]
    code = {"<f8": "d", "<i8": "q", "|S8": "8s"}[header["descr"]]
    values = [value for (value,) in struct.iter_unpack("<" + code, data[start:])]
    if header["fortran_order"]:
        return [values[column * rows : (column + 1) * rows] for column in range(columns)]
    return [values[column::columns] for column in range(columns)]


def double_or_null(value: float):
    return None if value != value else double_order(value)


def whole_or_null(value: float):
    return None if value != value else whole(value)


def whole(value: float) -> int:
    if value != int(value):
        raise ValueError(f"{value} is not whole")
    return int(value)


def flag(value: float) -> bool:
    return {0.0: False, 1.0: True}[value]


def table_of(columns: dict) -> Table:
    """columns: name -> (values, conversion)."""
    table = Table()
    names = list(columns)
    for values in zip(*(values for values, _ in columns.values())):
        table.add({name: columns[name][1](value) for name, value in zip(names, values)})
    return table


def sensor(path: str, conversions: dict) -> Table:
    values = columns_of(path + "/value")
    if len(values) != len(conversions):
        raise ValueError(f"{path}: {len(values)} columns")
    return table_of({"t": (columns_of(path + "/t")[0], double_order)} | dict(zip(conversions, zip(values, conversions.values()))))


def can() -> Table:
    def column(name: str) -> list:
        return columns_of("CAN/raw_can/" + name)[0]

    return table_of(
        {"t": (column("t"), double_order), "address": (column("address"), int), "source": (column("src"), int), "data": (column("data"), bytes)}
    )


def radar(measure, yaw_or_acceleration) -> Table:
    return sensor(
        "CAN/radar",
        {
            "distance": measure,
            "left": measure,
            "relative_speed": measure,
            "relative_acceleration": yaw_or_acceleration,
            "relative_yaw_speed": yaw_or_acceleration,
            "track": whole,
            "is_new": flag,
        },
    )


MEASUREMENT = {
    "prn": whole,
    "gps_week": whole,
    "time_of_week": double_order,
    "glonass_channel": whole_or_null,
    "pseudorange": double_order,
    "pseudorange_std": double_order,
    "pseudorange_rate": double_order,
    "pseudorange_rate_std": double_order,
    "signal": whole,
    "carrier_phase": double_order,
}

print_tables(
    {
        "can_frame": can(),
        "radar_point": radar(double_order, double_order),
        "radar_point_nullable": radar(double_order, double_or_null),
        "accelerometer": sensor("IMU/accelerometer", dict.fromkeys(("forward", "right", "down"), double_order)),
        "gnss_location": sensor(
            "GNSS/live_gnss_ublox",
            dict.fromkeys(("latitude", "longitude", "speed"), double_order) | {"utc": whole} | dict.fromkeys(("altitude", "bearing"), double_order),
        ),
            "gnss_measurement": sensor("GNSS/raw_gnss_ublox", MEASUREMENT),
    }
)
