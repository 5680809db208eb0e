import { fileURLToPath } from "node:url";

/** A path inside the checkout. */
export const projectPath = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** A path among the real captures, which lie beside the checkout where they are present at all. */
export const sharedDataPath = (relative: string): string => fileURLToPath(new URL(`../../../shared/data/${relative}`, import.meta.url));
