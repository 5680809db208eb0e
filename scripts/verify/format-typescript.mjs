// prettier agrees with every TypeScript and JavaScript file.
import { formatters } from "../lib/format.mjs";
import { report } from "../lib/repository.mjs";

const files = formatters.typescript.files();
const { ok, output } = await formatters.typescript.check(files);
report(ok ? [] : [output.trimEnd(), "npm run format"], `${files.length} files`);
