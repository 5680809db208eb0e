/** A finished Parquet file, taken apart as far as a test damages it: footer and indexes are written anew where they changed, pages are changed in their place. */
import { readFileSync } from "node:fs";
import { readThrift, writeThrift, type ThriftNode, type ThriftStruct } from "./thrift.js";

function known(node: ThriftNode | undefined, what: string): ThriftNode {
  if (node === undefined) throw new Error(`there is no ${what}`);
  return node;
}

/** The member at the end of a path of field ids and places in lists. */
export function at(root: ThriftNode, ...path: readonly number[]): ThriftNode {
  return path.reduce<ThriftNode>((node, step) => {
    if (node.kind === "struct") return known(node.fields.get(step), `field ${step} of ${path.join(".")}`);
    if (node.kind === "list") return known(node.items.at(step), `item ${step} of ${path.join(".")}`);
    throw new Error(`${path.join(".")} leads into a ${node.kind}`);
  }, root);
}

export function structAt(root: ThriftNode, ...path: readonly number[]): ThriftStruct {
  const node = at(root, ...path);
  if (node.kind !== "struct") throw new Error(`${path.join(".")} is a ${node.kind}`);
  return node;
}

export function itemsAt(root: ThriftNode, ...path: readonly number[]): ThriftNode[] {
  const node = at(root, ...path);
  if (node.kind !== "list") throw new Error(`${path.join(".")} is a ${node.kind}`);
  return node.items;
}

export function numberAt(root: ThriftNode, ...path: readonly number[]): number {
  const node = at(root, ...path);
  if (node.kind !== "integer") throw new Error(`${path.join(".")} is a ${node.kind}`);
  return Number(node.value);
}

export function bytesAt(root: ThriftNode, ...path: readonly number[]): Buffer {
  const node = at(root, ...path);
  if (node.kind !== "binary") throw new Error(`${path.join(".")} is a ${node.kind}`);
  return node.value;
}

/** Adds to a number. */
export function addAt(root: ThriftNode, change: number, ...path: readonly number[]): void {
  const node = at(root, ...path);
  if (node.kind !== "integer") throw new Error(`${path.join(".")} is a ${node.kind}`);
  node.value += BigInt(change);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

export class ParquetFile {
  readonly footer: ThriftStruct;
  /** Everything before the footer. */
  #data: Buffer;

  constructor(path: string) {
    const bytes = readFileSync(path);
    const footerStart = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    this.#data = Buffer.from(bytes.subarray(0, footerStart));
    this.footer = readThrift(bytes, footerStart).root;
  }

  bytes(): Buffer {
    const footer = writeThrift(this.footer);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    return Buffer.concat([this.#data, footer, length, Buffer.from("PAR1")]);
  }

  group(group = 0): ThriftStruct {
    return structAt(this.footer, 4, group);
  }

  /** ColumnChunk of a leaf by its path, in the first row group. */
  chunk(column: string): ThriftStruct {
    const chunks = itemsAt(this.group(), 1);
    const found = chunks.find(
      (chunk) =>
        itemsAt(chunk, 3, 3)
          .map((part) => bytesAt(part).toString())
          .join(".") === column,
    );
    return structAt(known(found, `column ${column}`));
  }

  metadata(column: string): ThriftStruct {
    return structAt(this.chunk(column), 3);
  }

  statistics(column: string): ThriftStruct {
    return structAt(this.metadata(column), 12);
  }

  /** SchemaElement by its own name. */
  element(name: string): ThriftStruct {
    const found = itemsAt(this.footer, 2).find((element) => bytesAt(element, 4).toString() === name);
    return structAt(known(found, `element ${name}`));
  }

  /** Changes a structure whose place and length the chunk tells, and writes it anew behind everything. */
  #moved(owner: ThriftStruct, ids: readonly [offset: number, length: number], edit: (root: ThriftStruct) => void): void {
    const [offset, length] = ids.map((id) => at(owner, id));
    if (offset?.kind !== "integer" || length?.kind !== "integer") throw new Error("a place is no number");
    const { root } = readThrift(this.#data, Number(offset.value));
    edit(root);
    const bytes = writeThrift(root);
    offset.value = BigInt(this.#data.length);
    length.value = BigInt(bytes.length);
    this.#data = Buffer.concat([this.#data, bytes]);
  }

  editColumnIndex(column: string, edit: (index: ThriftStruct) => void): void {
    this.#moved(this.chunk(column), [6, 7], edit);
  }

  editOffsetIndex(column: string, edit: (index: ThriftStruct) => void): void {
    this.#moved(this.chunk(column), [4, 5], edit);
  }

  /** Header and bits of a bloom filter, in their place. */
  editBloomFilter(column: string, edit: (header: ThriftStruct, bits: Buffer) => void): void {
    const offset = numberAt(this.metadata(column), 14);
    const { root, size } = readThrift(this.#data, offset);
    edit(root, this.#data.subarray(offset + size, offset + size + numberAt(root, 1)));
    this.#replace(offset, size, writeThrift(root));
  }

  /** A page in its place: the structure must keep its size. `body` is as stored; its checksum is computed again. */
  editPage(column: string, page: number, edit: (header: ThriftStruct, body: Buffer) => void, isChecked = true): void {
    const metadata = this.metadata(column);
    const { fields } = metadata;
    let offset = numberAt(metadata, fields.has(11) ? 11 : 9);
    for (let index = 0; ; index++) {
      const { root, size } = readThrift(this.#data, offset);
      const storedSize = numberAt(root, 3);
      if (index === page) {
        const body = this.#data.subarray(offset + size, offset + size + storedSize);
        edit(root, body);
        if (isChecked) addAt(root, crc32(body) - numberAt(root, 4), 4);
        this.#replace(offset, size, writeThrift(root));
        return;
      }
      offset += size + storedSize;
    }
  }

  #replace(offset: number, size: number, bytes: Buffer): void {
    if (bytes.length !== size) throw new Error(`a structure of ${size} bytes would take ${bytes.length}: take another change`);
    bytes.copy(this.#data, offset);
  }
}
