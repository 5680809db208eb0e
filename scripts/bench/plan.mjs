// How much of everything is run. Quick is for looking: at most three minutes once everything is installed and built; full is what is published.

export const planOf = (isQuick) =>
  isQuick
    ? {
        runs: 5,
        hotPathBursts: 20,
        idle_ms: 1000,
        pipelineRecords: 8_000_000,
        nodeRuns: 5,
        nodeRecords: 1_000_000,
        writerRecords: 1 << 20,
        writerWants: (contender, variant) => !contender.endsWith("_all_processors") && !variant.endsWith("_disk"),
      }
    : {
        runs: 7,
        hotPathBursts: 60,
        idle_ms: 3000,
        pipelineRecords: 40_000_000,
        nodeRuns: 7,
        nodeRecords: 3_000_000,
        writerRecords: 1 << 22,
        writerWants: () => true,
      };
