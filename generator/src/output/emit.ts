/** What can be emitted, and the files of each target. */

export const emitTargets = ["c", "ts", "js", "ir"] as const;
export type EmitTarget = (typeof emitTargets)[number];
/** Without --emit. */
export const defaultTargets: readonly EmitTarget[] = ["c", "ts", "ir"];

const outputNames: Readonly<Record<EmitTarget, (name: string) => readonly string[]>> = {
  c: (name) => [`${name}_sink.h`, `${name}_sink.c`],
  ts: (name) => [`${name}_sink.ts`],
  js: (name) => [".js", ".d.ts", ".cjs", ".d.cts"].map((extension) => `${name}_sink${extension}`),
  ir: (name) => [`${name}.pqflow.json`],
};

/** Paths relative to the output folder, known from the schema's name alone. */
export function outputPaths(name: string, target: EmitTarget): readonly string[] {
  return outputNames[target](name);
}
