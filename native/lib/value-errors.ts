/** Errors for values that a record cannot hold: TypeError for a wrong type, RangeError for a value out of range. Each names the field. Cold: never inlined into the hot path. */

const TEXT_MAX_CHARACTERS = 40;

/** The value as it may stand in a message. */
function shown(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > TEXT_MAX_CHARACTERS ? `${value.slice(0, TEXT_MAX_CHARACTERS)}…` : value);
  if (typeof value === "bigint" || typeof value === "symbol") return `${typeof value} ${String(value)}`;
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined) return String(value);
  return typeof value === "function" ? "a function" : `an object (${Object.prototype.toString.call(value).slice(8, -1)})`;
}

/** The errors made here; what the caller's own code throws while a value is read is none of them. */
const valueErrors = new WeakSet<Error>();

/** An error of this module's making. `message` begins with the field's name and a colon. */
export function valueError<Made extends Error>(
  make: new (message: string, options?: ErrorOptions) => Made,
  message: string,
  options?: ErrorOptions,
): Made {
  const error = new make(message, options);
  valueErrors.add(error);
  return error;
}

export function isValueError(error: unknown): error is Error {
  return error instanceof Error && valueErrors.has(error);
}

/** The value is of the type and does not fit. */
export function rangeError(field: string, problem: string, options?: ErrorOptions): RangeError {
  return valueError(RangeError, `${field}: ${problem}`, options);
}

/** The value is not of the field's type. `expected` reads after "expected". */
export function typeError(field: string, value: unknown, expected: string): TypeError {
  return valueError(TypeError, `${field}: expected ${expected}, got ${shown(value)}`);
}

/** An integer field of at most 32 bits got something else. `type` is the schema's name of it, e.g. "uint16". */
export function integerError(field: string, value: unknown, type: string): Error {
  if (typeof value !== "number") return typeError(field, value, `an integer (${type})`);
  return rangeError(field, `${value} ${Number.isInteger(value) ? `does not fit ${type}` : "is not an integer"}`);
}

/** A 64-bit integer field got something else. */
export function bigIntegerError(field: string, value: unknown, type: string): Error {
  if (typeof value === "bigint") return rangeError(field, `${value} does not fit ${type}`);
  if (typeof value !== "number") return typeError(field, value, `a bigint or a safe integer (${type})`);
  if (!Number.isInteger(value)) return rangeError(field, `${value} is not an integer`);
  if (!Number.isSafeInteger(value)) return rangeError(field, `${value} is not a safe integer, digits may be lost already: pass a bigint`);
  return rangeError(field, `${value} does not fit ${type}`);
}

/** `limit` reads after the value, e.g. "below min_value 1". */
export function limitError(field: string, value: unknown, limit: string): RangeError {
  return rangeError(field, `${String(value)} is ${limit}`);
}

/** A name that is none of the enum's, or a code that does not fit the storage `type`, where codes that have no name are kept. */
export function enumCodeError(field: string, value: unknown, names: readonly string[], type: string): Error {
  const isWide = type === "int64" || type === "uint64";
  if (typeof value !== (isWide ? "bigint" : "number")) return enumError(field, value, names);
  return isWide ? bigIntegerError(field, value, type) : integerError(field, value, type);
}

export function enumError(field: string, value: unknown, names: readonly string[]): Error {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint")
    return typeError(field, value, "a name or a code of the enum");
  const listed = names.length > 12 ? `${names.slice(0, 12).join(", ")} …` : names.join(", ");
  return rangeError(field, `${shown(value)} is not one of ${listed}`);
}
