// The tools that set-up cannot install by itself: they are checked, with their versions.
import { run } from "../lib/process.mjs";
import { StepFailure } from "../lib/step.mjs";

const versionPattern = /(\d+)\.(\d+)(?:\.\d+)?/;

const tools = [
  { name: "g++", debianPackage: "g++", least: [11, 0], why: "C++20" },
  { name: "cmake", debianPackage: "cmake", least: [3, 22], why: "file sets, depfiles with make" },
  { name: "python3", debianPackage: "python3", least: [3, 9], why: "tests that compute expectations apart from pqflow" },
  { name: "git", debianPackage: "git", least: [2, 20], why: "lists of the repository's files" },
  { name: "npm", debianPackage: "npm", least: [9, 0], why: "packages of package-lock.json" },
];

/** Checks node and every tool; all problems are reported at once. */
export async function checkTools() {
  const found = await Promise.all(tools.map(inspect));
  const problems = [checkNode(), ...found.map((tool) => tool.problem)].filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    const missing = found.filter((tool) => tool.problem !== undefined).map((tool) => tool.debianPackage);
    const advice = missing.length > 0 ? `apt-get install ${missing.join(" ")}` : "install node 20 or later, see https://nodejs.org";
    throw new StepFailure(problems.join("; "), { advice, exitCode: 2 });
  }
  return [`node ${process.versions.node}`, ...found.map((tool) => `${tool.name} ${tool.version}`)].join(", ");
}

function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 20 ? undefined : `node ${process.versions.node} is too old, 20 is needed`;
}

async function inspect(tool) {
  const result = await run(tool.name, ["--version"]);
  const match = versionPattern.exec(result.output);
  if (!result.ok || match === null) return { ...tool, problem: `${tool.name} is missing (${tool.why})` };
  const isOld = Number(match[1]) < tool.least[0] || (Number(match[1]) === tool.least[0] && Number(match[2]) < tool.least[1]);
  const problem = isOld ? `${tool.name} ${match[0]} is too old, ${tool.least.join(".")} is needed (${tool.why})` : undefined;
  return { ...tool, version: match[0], problem };
}
