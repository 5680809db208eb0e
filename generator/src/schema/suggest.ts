/** "did you mean": the nearest of the known words. */

/** Two letters in the wrong order are the likelier slip than one wrong letter. */
const SWAP_COST = 0.5;

/** Damerau–Levenshtein distance (optimal string alignment): `int46` is one swap away from `int64`. */
function editDistance(left: string, right: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current: number[] = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const candidates = [
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        ...(swapped ? [(beforePrevious[column - 2] ?? 0) + SWAP_COST] : []),
      ];
      current.push(Math.min(...candidates));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** The nearest word within a third of its length, case ignored; undefined when nothing is near. */
function nearestWord(word: string, words: readonly string[]): string | undefined {
  if (word.length > 80) return undefined;
  const ranked = words
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(Math.max(candidate.length, word.length) / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return ranked[0]?.candidate;
}

/** Ready for `help:`. */
export function didYouMean(word: string, words: readonly string[]): string | undefined {
  const nearest = nearestWord(word, words);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}

/** `a`, `b` or `c` */
export function listWords(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
}
