// The contender pqflow: the generated class, every field checked, defaults.
import { buildInfo } from "../../../dist/native/lib/index.js";
import { OrdersSink } from "../../../dist/generated/orders_sink.js";
import { orderAt, serve } from "./contender.mjs";

/** A producer that meets a full ring waits for room. */
async function write(path, records) {
  const sink = OrdersSink.open(path, { ifExists: "replace" });
  for (let index = 0; index < records;)
    if (sink.log(orderAt(index))) index++;
    else await sink.ready();
  await sink.close();
}

await serve("pqflow", buildInfo(), { rows_1m: { write, records: 1_000_000 }, rows_5m: { write, records: 5_000_000 } });
