// clang-format agrees with every C and C++ file; the generated ones too, so the templates print formatted text.
import { formatters } from "../lib/format.mjs";
import { report } from "../lib/repository.mjs";

const files = formatters.cpp.files();
const { ok, output } = await formatters.cpp.check(files);
const misformatted = new Set(Array.from(output.matchAll(/^(\S+?):\d+:\d+: error: code should be clang-formatted/gm), (match) => match[1]));
const findings = [...misformatted].map((path) => `${path}: not formatted; npm run format`);
report(ok ? [] : findings.length > 0 ? findings : [output], `${files.length} files`);
