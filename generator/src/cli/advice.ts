/** What to say about a schema path that leads to no file: a mistyped command, a file of a similar name, a folder. */
import { basename, dirname, join } from "node:path";
import { commandNames } from "../flags.js";
import { OutputError } from "../output/errors.js";
import { type SourceBytes, namesIn, readSource } from "../output/read-source.js";
import { didYouMean, listWords } from "../schema/suggest.js";

/** Throws OutputError. */
export function readGivenSource(path: string): SourceBytes {
  try {
    return readSource(path);
  } catch (error) {
    throw error instanceof OutputError ? new OutputError(withAdvice(error.message, path)) : error;
  }
}

function withAdvice(message: string, path: string): string {
  if (message.endsWith("it is a folder")) return `${message}; name its schemas: '${join(path, "*.yaml")}'`;
  if (!message.includes("ENOENT")) return message;
  if (/^[a-z]+$/i.test(path)) return wordText(path);
  const near = didYouMean(basename(path), namesIn(dirname(path)).filter(isSchemaName));
  return near === undefined ? message : `${message}; ${near}`;
}

function isSchemaName(name: string): boolean {
  return /\.ya?ml$/.test(name);
}

/** A single word is the likelier a command. */
function wordText(word: string): string {
  if ((commandNames as readonly string[]).includes(word)) return `the command comes first: pqflow-gen ${word} …`;
  const near = didYouMean(word, commandNames);
  return `\`${word}\` is neither a command nor a file: ${near ?? `commands are ${listWords(commandNames).replace(" or ", " and ")}`}`;
}
