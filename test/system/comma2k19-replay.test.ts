/** Real input: a car's CAN frames, radar, accelerometer and satellite receiver; bytes that end in zeros, NaN kept as NaN and NaN as null. */
import { describeReplay } from "./replay/describe-replay.js";
import { replayComma2k19 } from "./replay/comma2k19-replay.js";

describeReplay({
  title: "one minute of comma2k19",
  captures: ["comma2k19"],
  write: replayComma2k19,
  expected: "comma2k19.py",
  rows: {
    can_frame: 135_468,
    radar_point: 10_100,
    radar_point_nullable: 10_100,
    accelerometer: 6_256,
    gnss_location: 579,
    gnss_measurement: 9_228,
  },
  equalFiles: [["can_frame", "can_frame_c"]],
});
