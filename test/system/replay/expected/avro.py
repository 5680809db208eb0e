"""Reads Avro object containers without compression: as much of Avro as the captures use."""

import json


class Reader:
    def __init__(self, data: bytes):
        self.data, self.offset = data, 0

    def take(self, count: int) -> bytes:
        self.offset += count
        return self.data[self.offset - count : self.offset]

    def integer(self) -> int:
        """Zigzag, seven bits a byte."""
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)

    def blocks(self, item) -> list:
        """Counted items until a count of zero; a negative count is followed by the size in bytes."""
        items = []
        while count := self.integer():
            if count < 0:
                self.integer()
            items += [item() for _ in range(abs(count))]
        return items

    def value(self, kind):
        if isinstance(kind, list):
            return self.value(kind[self.integer()])
        if isinstance(kind, dict):
            return self.blocks(lambda: self.value(kind["items"]))
        if kind == "string":
            return self.take(self.integer()).decode()
        return {"null": lambda: None, "int": self.integer}[kind]()


def records(path: str):
    with open(path, "rb") as file:
        reader = Reader(file.read())
    if reader.take(4) != b"Obj\x01":
        raise ValueError(f"{path} is not an Avro container")
    metadata = dict(reader.blocks(lambda: (reader.value("string"), reader.take(reader.integer()))))
    fields = [(field["name"], field["type"]) for field in json.loads(metadata["avro.schema"])["fields"]]
    marker = reader.take(16)
    while reader.offset < len(reader.data):
        count = reader.integer()
        reader.integer()
        for _ in range(count):
            yield {name: reader.value(kind) for name, kind in fields}
        if reader.take(16) != marker:
            raise ValueError(f"{path}: a block does not end where it should")
