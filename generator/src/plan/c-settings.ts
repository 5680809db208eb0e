/** `.name = value` pairs of initializers. */
import type { Compression } from "../schema/model.js";

export type Settings = readonly (readonly [name: string, value: string | number | undefined])[];

/** For everything that is not zero. */
export function settingsText(settings: Settings): readonly string[] {
  return settings.filter(([, value]) => value !== undefined && value !== 0 && value !== "").map(([name, value]) => `.${name} = ${value}`);
}

export function levelOf(compression: Compression | undefined): number | string | undefined {
  return compression === undefined ? undefined : (compression.level ?? "PQFLOW_CODEC_LEVEL_DEFAULT");
}
