/** Columns of the unpack kernel: flat leaves, which every row has one value of. */
import type { ColumnNode, LeafNode } from "../layout/model.js";
import { childrenOf, leavesOf } from "../layout/tree.js";
import type { CUnpackColumn } from "./c-model.js";
import { createNameScope } from "./identifiers.js";

interface FlatLeaf {
  readonly node: LeafNode;
  readonly name: string;
}

/** Below a list, a map or an optional struct nothing is flat. */
function flatLeaves(nodes: readonly ColumnNode[], prefix: string): readonly FlatLeaf[] {
  return nodes.flatMap((node) => {
    const name = `${prefix}${node.field.name}`;
    if (node.kind === "leaf") {
      return node.storage === "NONE" ? [] : [{ node, name }];
    }
    return node.groupOf === "struct" && node.repetition === "REQUIRED" ? flatLeaves(childrenOf(node), `${name}_`) : [];
  });
}

/** Its local names end in `_values` and `_valid` and so differ from every other name. */
export function planUnpackColumns(nodes: readonly ColumnNode[]): readonly CUnpackColumn[] {
  const scope = createNameScope();
  const leaves = leavesOf(nodes);
  return flatLeaves(nodes, "").map(({ node, name }) => {
    const encoding = node.nullEncoding;
    const bit = encoding.kind === "BIT" ? encoding : undefined;
    return {
      index: leaves.indexOf(node).toString(),
      values: scope.claim(`${name}_values`),
      widthBytes: node.widthBytes,
      offsetBytes: node.offsetBytes,
      hasBit: bit !== undefined,
      valid: scope.claim(`${name}_valid`),
      nullByteOffsetBytes: (bit?.byteOffsetBytes ?? 0).toString(),
      nullBitIndex: (bit?.bitIndex ?? 0).toString(),
    };
  });
}
