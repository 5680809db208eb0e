// How much of everything is run. Quick is for looking: at most three minutes once everything is installed and built; full is what is published.

const quick = {
  runs: 5,
  pingPongBatches: 1_000,
  hotPathBursts: 16,
  pacedSamples: 50_000,
  handoverBursts: 8,
  kernelRepetitions: 40,
  idle_ms: 500,
  fixedRateRuns: 5,
  fixedRateRecords: 8_000_000,
  scalingValues: 0,
  laneRounds: 0,
  pipelineRecords: 2_000_000,
  nodeOrders: 500_000,
  writerRecords: 1 << 20,
  writerWants: (contender, variant) => !contender.endsWith("_all_processors") && !variant.endsWith("_disk"),
  nodeWants: (contender, variant) => contender === "pqflow" || variant === "chunks_5m" || variant === "appender_1m",
};

/**
 * Some twenty minutes of two processors, most of them the writers' peers (six minutes), Node's (two), fixed rates and the capture (two each).
 * Bursts of twenty pass at one in twenty microseconds: a million of each kind took four. DuckDB's appender with five million rows took as
 * long as all other peers of Node together, and says what it says with one.
 */
const full = {
  runs: 7,
  pingPongBatches: 10_000,
  hotPathBursts: 60,
  pacedSamples: 300_000,
  handoverBursts: 60,
  kernelRepetitions: 400,
  idle_ms: 3000,
  fixedRateRuns: 5,
  fixedRateRecords: 200_000_000,
  scalingValues: 8_000_000,
  laneRounds: 100,
  pipelineRecords: 40_000_000,
  nodeOrders: 5_000_000,
  writerRecords: 1 << 22,
  writerWants: () => true,
  nodeWants: (_, variant) => variant !== "appender_5m",
};

export const planOf = (isQuick) => (isQuick ? quick : full);
