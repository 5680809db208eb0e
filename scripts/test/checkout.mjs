// The last test: what ran before it left the checkout as it was. Files that git ignores do not count.
import { rootDir } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { emptyOutcome } from "./outcome.mjs";

const name = "tests leave the checkout as it was";

/** What git says of the checkout; undefined where there is no git, or no repository. */
export async function checkoutState() {
  const result = await run("git", ["-C", rootDir, "status", "--porcelain", "--untracked-files=all"]);
  return result.ok ? result.output : undefined;
}

/** `before`: checkoutState() as the tests began. */
export async function compareCheckout(before) {
  const after = await checkoutState();
  if (before === undefined || after === undefined) return { ...emptyOutcome(), skips: [{ name, reason: "git knows no checkout here" }] };
  const known = new Set(before.split("\n"));
  const changed = after.split("\n").filter((line) => !known.has(line));
  return changed.length === 0
    ? { ...emptyOutcome(), passed: 1 }
    : { ...emptyOutcome(), failures: [{ name, text: `made or changed while the tests ran:\n${changed.join("\n")}` }] };
}
