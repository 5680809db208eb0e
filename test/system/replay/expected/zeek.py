"""Expectation of the Zeek replay. Usage: zeek.py DNS.log.gz X509.log.gz NTP.log.gz"""

import gzip
import re
import sys
from fractions import Fraction

from aggregates import Table, print_tables


def ticks(per_second: int):
    """Decimal seconds as a whole number of ticks; a remainder is an error."""

    def convert(cell: bytes) -> int:
        value = Fraction(cell.decode()) * per_second
        if value.denominator != 1:
            raise ValueError(f"{cell} is finer than a tick")
        return value.numerator

    return convert


def unescaped(cell: bytes) -> bytes:
    pattern = rb"\\x([0-9a-f][0-9a-f])|\\(\\)"
    return re.sub(pattern, lambda found: bytes.fromhex(found[1].decode()) if found[1] else b"\\", cell)


def text(cell: bytes) -> str:
    return "" if cell == b"(empty)" else unescaped(cell).decode()


def flag(cell: bytes) -> bool:
    return {b"T": True, b"F": False}[cell]


def hexadecimal(cell: bytes) -> bytes:
    return bytes.fromhex(cell.decode())


us, ns = ticks(10**6), ticks(10**9)

# Columns of each log in its order: name in the schema and conversion; None for list columns, which wait for nested types.
ENDPOINTS = [("uid", text), ("orig_host", text), ("orig_port", int), ("resp_host", text), ("resp_port", int)]
DNS = [
    ("ts", us), *ENDPOINTS, ("proto", text), ("trans_id", int), ("rtt", us), ("query", text), ("qclass", int), ("qclass_name", text),
    ("qtype", int), ("qtype_name", text), ("rcode", int), ("rcode_name", text), ("authoritative", flag), ("truncated", flag),
    ("recursion_desired", flag), ("recursion_available", flag), ("z", int), None, None, ("rejected", flag),
]  # fmt: skip
X509 = [
    ("ts", us), ("fingerprint", hexadecimal), ("version", int), ("serial", text), ("subject", text), ("issuer", text),
    ("not_valid_before", us), ("not_valid_after", us), ("key_alg", text), ("sig_alg", text), ("key_type", text), ("key_length", int),
    ("exponent", text), ("curve", text), None, None, None, None, ("is_ca", flag), ("path_length", int), ("is_host", flag), ("is_client", flag),
]  # fmt: skip
NTP = [
    ("ts", us), *ENDPOINTS, ("version", int), ("mode", int), ("stratum", int), ("poll", us), ("precision", us), ("root_delay", us),
    ("root_dispersion", us), ("reference_id", text), ("reference_time", ns), ("originate_time", ns), ("receive_time", ns),
    ("transmit_time", ns), ("extension_count", int),
]  # fmt: skip


def table_of(path: str, columns: list) -> Table:
    table = Table()
    with gzip.open(path, "rb") as lines:
        for line in lines:
            if line.startswith(b"#"):
                continue
            cells = line.rstrip(b"\n").split(b"\t")
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} columns in {line!r}")
            pairs = [(column, cell) for column, cell in zip(columns, cells) if column is not None]
            table.add({name: None if cell == b"-" else convert(cell) for (name, convert), cell in pairs})
    return table


dns, x509, ntp = sys.argv[1:]
print_tables({"zeek_dns": table_of(dns, DNS), "zeek_x509": table_of(x509, X509), "zeek_ntp": table_of(ntp, NTP)})
