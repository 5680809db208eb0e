/** A unified diff of two texts. */

type Edit = { readonly kind: " " | "-" | "+"; readonly line: string };

const CONTEXT_LINES = 3;
/** Beyond it the middle is shown as replaced whole: the search takes time and memory by its square. */
const EDIT_DISTANCE_MAX = 1500;

/** Hunks without file names; "" when the texts are equal. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsBetween(splitLines(before), splitLines(after));
  return hunksOf(edits).map(renderHunk).join("\n");
}

function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : `${text}\n\\ no line break at the end of the file`).split("\n");
}

function editsBetween(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const same = (lines: readonly string[]): readonly Edit[] => lines.map((line) => ({ kind: " ", line }));
  return [
    ...same(before.slice(0, head)),
    ...middleEdits(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function replaced(before: readonly string[], after: readonly string[]): readonly Edit[] {
  return [...before.map((line): Edit => ({ kind: "-", line })), ...after.map((line): Edit => ({ kind: "+", line }))];
}

/** Myers, "An O(ND) Difference Algorithm", 1986: furthest reaching points by diagonal, one trace per distance. */
function middleEdits(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const traces: ReadonlyMap<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let distance = 0; distance <= Math.min(before.length + after.length, EDIT_DISTANCE_MAX); distance += 1) {
    traces.push(new Map(furthest));
    const next = new Map(furthest);
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down = diagonal === -distance || (diagonal !== distance && (next.get(diagonal - 1) ?? 0) < (next.get(diagonal + 1) ?? 0));
      let x = down ? (next.get(diagonal + 1) ?? 0) : (next.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, traces);
    }
    furthest = next;
  }
  return replaced(before, after);
}

function walkBack(before: readonly string[], after: readonly string[], traces: readonly ReadonlyMap<number, number>[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [before.length, after.length];
  for (let distance = traces.length - 1; distance >= 0; distance -= 1) {
    const furthest = traces[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = diagonal === -distance || (diagonal !== distance && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0));
    const previousDiagonal = down ? diagonal + 1 : diagonal - 1;
    const previousX = furthest.get(previousDiagonal) ?? 0;
    const previousY = previousX - previousDiagonal;
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      edits.push({ kind: " ", line: before[x] ?? "" });
    }
    if (distance === 0) break;
    if (down) edits.push({ kind: "+", line: after[previousY] ?? "" });
    else edits.push({ kind: "-", line: before[previousX] ?? "" });
    [x, y] = [previousX, previousY];
  }
  return edits.toReversed();
}

interface Hunk {
  readonly beforeStart: number;
  readonly afterStart: number;
  readonly edits: readonly Edit[];
}

function hunksOf(edits: readonly Edit[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  const isNear = edits.map((_, index) =>
    edits.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ kind }) => kind !== " "),
  );
  let [beforeLine, afterLine] = [1, 1];
  let open: { beforeStart: number; afterStart: number; edits: Edit[] } | undefined;
  for (const [index, edit] of edits.entries()) {
    if (isNear[index] === true) {
      if (open === undefined) hunks.push((open = { beforeStart: beforeLine, afterStart: afterLine, edits: [] }));
      open.edits.push(edit);
    } else open = undefined;
    if (edit.kind !== "+") beforeLine += 1;
    if (edit.kind !== "-") afterLine += 1;
  }
  return hunks;
}

function renderHunk({ beforeStart, afterStart, edits }: Hunk): string {
  const beforeCount = edits.filter(({ kind }) => kind !== "+").length;
  const afterCount = edits.filter(({ kind }) => kind !== "-").length;
  const range = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`;
  return [
    `@@ -${range(beforeStart, beforeCount)} +${range(afterStart, afterCount)} @@`,
    ...edits.map(({ kind, line }) => kind + line),
  ].join("\n");
}
