/** What is wrong with a definition: found where it is read, thrown with the schema's and the field's name. */
import { PqflowError } from "../error.js";
import { nearestName } from "../suggest.js";

/** Throws; the message says what to do. */
export type Fail = (problem: string) => never;

export function failFor(schema: string, field?: string): Fail {
  const where = field === undefined ? `schema ${schema}` : `schema ${schema}, field ${field}`;
  return (problem) => {
    throw new PqflowError("INVALID_ARGUMENT", `${where}: ${problem}`);
  };
}

/** The value as it may stand in a message. */
export function shown(value: unknown): string {
  return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value));
}

export type Options = Readonly<Record<string, unknown>>;

/** An option that nothing reads is a mistake. */
export function checkOptionNames(options: unknown, known: readonly string[], fail: Fail): Options {
  if (typeof options !== "object" || options === null) return fail(`expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    fail(`unknown option ${name}${nearest === undefined ? `; it takes ${known.join(", ") || "none"}` : `; did you mean \`${nearest}\`?`}`);
  }
  return options as Options;
}

export function integerOption(options: Options, name: string, min: number, max: number, fail: Fail): number {
  const value = options[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    return fail(`${name} must be an integer from ${min} to ${max}, got ${shown(value)}`);
  return value;
}

export function choiceOption<Choice extends string>(
  options: Options,
  name: string,
  choices: readonly Choice[],
  fallback: Choice | undefined,
  fail: Fail,
): Choice {
  const value = options[name] ?? fallback;
  const found = choices.find((choice) => choice === value);
  return found ?? fail(`${name} must be one of ${choices.join(", ")}, got ${shown(value)}`);
}

export function flagOption(options: Options, name: string, fail: Fail): boolean {
  const value = options[name] ?? false;
  return typeof value === "boolean" ? value : fail(`${name} must be true or false, got ${shown(value)}`);
}
