/** Lines of a recorded websocket: local time in decimal seconds, a colon, JSON. Lines of the recorder itself begin with the address. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { scaled } from "./decimals.js";

export interface ReceivedMessage<Message> {
  /** Nanoseconds. */
  readonly localTime: bigint;
  readonly message: Message;
}

export async function* receivedMessages<Message>(capture: string): AsyncGenerator<ReceivedMessage<Message>> {
  for await (const line of createInterface({ input: createReadStream(capture).pipe(createGunzip()) })) {
    const colon = line.indexOf(": ");
    if (colon < 0 || line.startsWith("wss://")) continue;
    yield { localTime: scaled(line.slice(0, colon), 9), message: JSON.parse(line.slice(colon + 2)) as Message };
  }
}

/** ISO 8601 in UTC with microseconds, which Date does not keep. */
export function isoMicroseconds(text: string): bigint {
  const [, seconds = "", fraction = ""] = /^([\d-]+T[\d:]+)\.(\d{1,6})Z$/.exec(text) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
}
