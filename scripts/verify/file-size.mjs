// A file has one responsibility: no hand-written source file exceeds the limit; the long ones are named.
import { readText, report, repositoryFiles } from "../lib/repository.mjs";

const limit_lines = 400;
const long_lines = 250;

const paths = repositoryFiles("*.ts", "*.mjs", "*.c", "*.h", "*.cpp", "*.hpp", "*.hbs", "*.cmake", "*.py", "CMakeLists.txt").filter(
  (path) => !path.startsWith("generated/"),
);
const sizes = paths.map((path) => ({ path, lines: readText(path).split("\n").length - 1 })).sort((left, right) => right.lines - left.lines);
const long = sizes.filter(({ lines }) => lines > long_lines);

report(
  sizes.filter(({ lines }) => lines > limit_lines).map(({ path, lines }) => `${path}:1: ${lines} lines, the limit is ${limit_lines}`),
  `${sizes.length} files, median ${sizes[Math.floor(sizes.length / 2)].lines} lines, longest ${sizes[0].lines}; over ${long_lines}: ${long.map(({ path, lines }) => `${path} ${lines}`).join(", ") || "none"}`,
);
