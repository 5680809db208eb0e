/** The `parquet:` block that replay schemas get beside their fields: empty in the tests, a profile where sizes are measured. */
let block = "";

/** `text`: a flow mapping on one line, or nothing. Holds for the sinks and programs made from here on. */
export function setParquetBlock(text: string): void {
  block = text === "" ? "" : `\nparquet: ${text}\n`;
}

export const withParquetBlock = (schema: string): string => schema + block;
