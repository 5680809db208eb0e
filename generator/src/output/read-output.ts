import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { OutputError, systemCode, systemMessage } from "./errors.js";

/** Text of an output; undefined when there is none. Does not follow a link in the last component. Throws OutputError. */
export function readOutput(path: string): string | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return readFileSync(file, "utf8");
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    if (systemCode(error) === "ELOOP") throw new OutputError(`refused to read ${path}: it is a symbolic link`);
    throw new OutputError(`cannot read ${path}: ${systemMessage(error)}`);
  }
}
