/** What a column adds up to, exactly: every number is a decimal string. Text counts its UTF-8 lengths, booleans count as 0 and 1. */
export interface ColumnAggregates {
  readonly nulls: string;
  readonly min: string | null;
  readonly max: string | null;
  readonly sum: string;
}

export interface TableAggregates {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnAggregates>>;
}

export type RawValue = bigint | string | boolean | null;

/** Adds up one column from raw values: integers as stored in the file, without a reader's conversions. */
export class Aggregator {
  #nulls = 0n;
  #sum = 0n;
  #min: bigint | string | undefined;
  #max: bigint | string | undefined;

  add(value: RawValue): void {
    if (value === null) {
      this.#nulls += 1n;
      return;
    }
    const comparable = typeof value === "boolean" ? BigInt(value) : value;
    this.#sum += typeof comparable === "string" ? BigInt(Buffer.byteLength(comparable)) : comparable;
    if (this.#min === undefined || comparable < this.#min) this.#min = comparable;
    if (this.#max === undefined || comparable > this.#max) this.#max = comparable;
  }

  result(): ColumnAggregates {
    return { nulls: String(this.#nulls), min: this.#min?.toString() ?? null, max: this.#max?.toString() ?? null, sum: String(this.#sum) };
  }
}
