/** Real input: hourly weather, and a table of seventy columns of flights, half of them nullable. */
import { describeReplay } from "./replay/describe-replay.js";
import { replayWide } from "./replay/wide-replay.js";

describeReplay({
  title: "nycflights' weather and the airlines' on-time table",
  captures: ["wide/nycflights13_weather.csv.gz", "wide/airlineStats_data.avro"],
  write: replayWide,
  expected: "wide.py",
  rows: { weather: 26_115, flight: 9_746 },
});
