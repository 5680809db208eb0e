import { afterEach, expect, it } from "vitest";
import { ReaderProcess } from "../support/readers/reader-process.js";

const echo = `require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "end") { console.error("no more"); process.exit(3); }
  console.log(JSON.stringify(line === "fail" ? { error: "cannot" } : { words: line.split("\\t") }));
})`;

const reader = new ReaderProcess({ command: process.execPath, args: ["-e", echo] });
afterEach(() => {
  reader.close();
});

it("a reader program answers requests in their order", async () => {
  const answers = await Promise.all([reader.ask("values", "a b.parquet"), reader.ask("nested", "c")]);
  expect(answers).toEqual([{ words: ["values", "a b.parquet"] }, { words: ["nested", "c"] }]);
});

it("a request that the reader cannot do fails with its reason, and the next is answered", async () => {
  await expect(reader.ask("fail")).rejects.toThrow("cannot");
  expect(await reader.ask("more")).toEqual({ words: ["more"] });
});

it("every request fails with what the program wrote last when it ends, and the next starts it again", async () => {
  await expect(Promise.all([reader.ask("end"), reader.ask("more")])).rejects.toThrow("ended with 3: no more");
  expect(await reader.ask("again")).toEqual({ words: ["again"] });
});

it("a program that is not there fails the request", async () => {
  await expect(new ReaderProcess({ command: "no-such-reader", args: [] }).ask("values")).rejects.toThrow("ENOENT");
});
