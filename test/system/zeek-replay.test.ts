/** Real input: Zeek's logs of a network, with nulls, empty texts, escapes and times before 1970. */
import { describeReplay } from "./replay/describe-replay.js";
import { replayZeek } from "./replay/zeek-replay.js";

describeReplay({
  title: "Zeek's dns, x509 and ntp logs",
  captures: ["zeek/dns.log.gz", "zeek/x509.log.gz", "zeek/ntp.log.gz"],
  write: replayZeek,
  expected: "zeek.py",
  rows: { zeek_dns: 53_615, zeek_x509: 348, zeek_ntp: 904 },
});
