// One line per step of a program; a failing step prints its tool's output and what to do, and ends the program.

/** A step that could not be done. `output` is the tool's, `advice` says what the person can do. */
export class StepFailure extends Error {
  constructor(message, { output = "", advice = "", exitCode = 1 } = {}) {
    super(message);
    this.output = output;
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** Runs `action`, which returns a short summary, and prints it with its duration. */
export async function step(name, action) {
  const start_ms = performance.now();
  const summary = await action();
  const duration_s = (performance.now() - start_ms) / 1000;
  console.log(`${name.padEnd(12)} ${summary}${duration_s >= 0.5 ? ` (${duration_s.toFixed(1)} s)` : ""}`);
}

/** Runs a program's main function and turns a StepFailure into text and exit code; anything else is a defect and keeps its stack. */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (error.output !== "") console.error(error.output.trimEnd());
    console.error(`failed: ${error.message}`);
    if (error.advice !== "") console.error(`to do:  ${error.advice}`);
    process.exitCode = error.exitCode;
  }
}
