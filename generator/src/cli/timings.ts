/** --timings: how long each part of a run took. */
import type { Host } from "./host.js";

export interface Timings {
  /** Names the time since the mark before, or since the process started. */
  mark(part: string): void;
  text(): string;
}

export function startTimings({ elapsedMs }: Pick<Host, "elapsedMs">): Timings {
  const parts: string[] = [];
  let lastMs = 0;
  return {
    mark: (part) => {
      const nowMs = elapsedMs();
      parts.push(`${part} ${Math.round(nowMs - lastMs)} ms`);
      lastMs = nowMs;
    },
    text: () => parts.join(", "),
  };
}
