/** A file the generator wants to exist: path relative to the output folder, with `/`; text ends with one newline. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
