/** Thrift's compact protocol as a tree that tests change and write again; integers keep the bytes they took, so that small changes leave a structure's size. */
export type ThriftNode =
  | { readonly kind: "boolean"; value: boolean }
  /** `type`: the protocol's number, of i8, i16, i32 or i64. */
  | { readonly kind: "integer"; readonly type: number; value: bigint; readonly size: number }
  | { readonly kind: "double"; value: Buffer }
  | { readonly kind: "binary"; value: Buffer }
  | { readonly kind: "list"; readonly type: number; items: ThriftNode[] }
  | ThriftStruct;

export interface ThriftStruct {
  readonly kind: "struct";
  readonly fields: Map<number, ThriftNode>;
}

const TYPE = { true: 1, false: 2, i8: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, struct: 12 } as const;

class Reader {
  readonly #bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.offset++);
  }

  bytes(size: number): Buffer {
    this.offset += size;
    return Buffer.from(this.#bytes.subarray(this.offset - size, this.offset));
  }

  varint(): bigint {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  value(type: number): ThriftNode {
    const start = this.offset;
    if (type === TYPE.true || type === TYPE.false) return { kind: "boolean", value: this.byte() === TYPE.true }; // In a list.
    if (type === TYPE.i8) return { kind: "integer", type, value: BigInt.asIntN(8, BigInt(this.byte())), size: 1 };
    if (type <= TYPE.i64) return { kind: "integer", type, value: this.zigzag(), size: this.offset - start };
    if (type === TYPE.double) return { kind: "double", value: this.bytes(8) };
    if (type === TYPE.binary) return { kind: "binary", value: this.bytes(Number(this.varint())) };
    return type === TYPE.list ? this.list() : this.struct();
  }

  list(): ThriftNode {
    const head = this.byte();
    const count = head >> 4 === 15 ? Number(this.varint()) : head >> 4;
    return { kind: "list", type: head & 15, items: Array.from({ length: count }, () => this.value(head & 15)) };
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftNode>();
    for (let id = 0; ;) {
      const head = this.byte();
      if (head === 0) return { kind: "struct", fields };
      id = head >> 4 === 0 ? Number(this.zigzag()) : id + (head >> 4);
      const type = head & 15;
      const isBoolean = type === TYPE.true || type === TYPE.false;
      fields.set(id, isBoolean ? { kind: "boolean", value: type === TYPE.true } : this.value(type));
    }
  }
}

export function readThrift(bytes: Buffer, offset = 0): { readonly root: ThriftStruct; readonly size: number } {
  const reader = new Reader(bytes, offset);
  const root = reader.struct();
  return { root, size: reader.offset - offset };
}

/** At least `size` bytes: more than needed are continued zeros. */
function varint(value: bigint, size = 1): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest !== 0n || bytes.length < size; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  const last = bytes.pop() ?? 0;
  return [...bytes, last & 0x7f];
}

const zigzag = (value: bigint, size = 1): number[] => varint(value < 0n ? -2n * value - 1n : 2n * value, size);

function typeOf(node: ThriftNode): number {
  if (node.kind === "boolean") return node.value ? TYPE.true : TYPE.false;
  return node.kind === "integer" ? node.type : TYPE[node.kind];
}

function valueBytes(node: ThriftNode): number[] {
  if (node.kind === "boolean") return [node.value ? TYPE.true : TYPE.false];
  if (node.kind === "integer") return node.type === TYPE.i8 ? [Number(BigInt.asUintN(8, node.value))] : zigzag(node.value, node.size);
  if (node.kind === "double") return [...node.value];
  if (node.kind === "binary") return [...varint(BigInt(node.value.length)), ...node.value];
  if (node.kind === "struct") return structBytes(node);
  const count = node.items.length;
  const head = count < 15 ? [(count << 4) | node.type] : [0xf0 | node.type, ...varint(BigInt(count))];
  return [...head, ...node.items.flatMap(valueBytes)];
}

function structBytes({ fields }: ThriftStruct): number[] {
  let previous = 0;
  const ordered = [...fields].sort(([left], [right]) => left - right);
  const bytes = ordered.flatMap(([id, node]) => {
    const step = id - previous;
    previous = id;
    const head = step < 16 ? [(step << 4) | typeOf(node)] : [typeOf(node), ...zigzag(BigInt(id))];
    return node.kind === "boolean" ? head : [...head, ...valueBytes(node)];
  });
  return [...bytes, 0];
}

export const writeThrift = (root: ThriftStruct): Buffer => Buffer.from(structBytes(root));

export const i16 = (value: number): ThriftNode => ({ kind: "integer", type: TYPE.i16, value: BigInt(value), size: 1 });
export const i32 = (value: number): ThriftNode => ({ kind: "integer", type: TYPE.i32, value: BigInt(value), size: 1 });
export const i64 = (value: number): ThriftNode => ({ kind: "integer", type: TYPE.i64, value: BigInt(value), size: 1 });
export const binary = (value: string | Uint8Array): ThriftNode => ({ kind: "binary", value: Buffer.from(value) });
export const boolean = (value: boolean): ThriftNode => ({ kind: "boolean", value });
export const struct = (fields: Readonly<Record<number, ThriftNode>>): ThriftStruct => ({
  kind: "struct",
  fields: new Map(Object.entries(fields).map(([id, node]) => [Number(id), node])),
});
export const structList = (items: ThriftNode[]): ThriftNode => ({ kind: "list", type: TYPE.struct, items });
