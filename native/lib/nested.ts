/** Checks of structs, lists and maps, and where in them a value was refused. */
import { isValueError, typeError, valueError } from "./value-errors.js";

/** `path` in front of the message of a value's error, which the store of a part has thrown: `bids[3]` and `px: 0 is …` make `bids[3].px: 0 is …`. Other errors stay as they are. */
export function inPath(path: string, error: unknown): unknown {
  if (path === "" || !isValueError(error)) return error;
  const { message } = error;
  const joint = /^[:[.]/.test(message) ? "" : ".";
  return valueError(error instanceof RangeError ? RangeError : TypeError, `${path}${joint}${message}`);
}

function tooMany(path: string, count: number, maxCount: number): RangeError {
  return valueError(RangeError, `${path}: ${count} elements, and there is room for ${maxCount}`);
}

/** The number of elements of an array or typed array. */
export function countElements(list: ArrayLike<unknown>, maxCount: number, path: string): number {
  if (!Array.isArray(list) && (!ArrayBuffer.isView(list) || list instanceof DataView)) throw typeError(path, list, "an array");
  if (list.length > maxCount) throw tooMany(path, list.length, maxCount);
  return list.length;
}

/** The entries of a map. */
export function mapEntries<Key, Value>(map: ReadonlyMap<Key, Value>, maxCount: number, path: string): Iterable<readonly [Key, Value]> {
  if (!(map instanceof Map)) throw typeError(path, map, "a Map");
  if (map.size > maxCount) throw tooMany(path, map.size, maxCount);
  return map as ReadonlyMap<Key, Value>;
}

/** The entries of a map with text keys, which may be an object too. */
export function recordEntries<Key extends string | number | bigint, Value>(
  map: ReadonlyMap<Key, Value> | Readonly<Partial<Record<string, Value>>>,
  maxCount: number,
  path: string,
): Iterable<readonly [Key, Value]> {
  if (map instanceof Map) return mapEntries(map as ReadonlyMap<Key, Value>, maxCount, path);
  if (typeof map !== "object" || map === null || Array.isArray(map)) throw typeError(path, map, "a Map or an object");
  const entries = Object.entries(map) as unknown as readonly (readonly [Key, Value])[];
  if (entries.length > maxCount) throw tooMany(path, entries.length, maxCount);
  return entries;
}

/** A map that grew while it was read. */
export function growthError(path: string, maxCount: number): RangeError {
  return tooMany(path, maxCount + 1, maxCount);
}

/** A key as it stands in a path. */
export function keyText(key: unknown): string {
  return typeof key === "string" ? JSON.stringify(key) : String(key);
}
