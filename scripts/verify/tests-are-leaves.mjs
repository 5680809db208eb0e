// Tests may reach anything; nothing outside test/ reaches them.
import { posix } from "node:path";
import { readIncludes } from "../lib/includes.mjs";
import { readModules } from "../lib/modules.mjs";
import { report } from "../lib/repository.mjs";

const isTest = (path) => path.startsWith("test/");

const modules = readModules().filter(({ path }) => !isTest(path));
const imports = modules.flatMap(({ path, imports }) =>
  imports.filter(({ target }) => target !== undefined && isTest(target)).map(({ target, line }) => `${path}:${line}: imports ${target}`),
);

const files = readIncludes("runtime", "native", "generated", "bench", "demo", "examples", "docs");
const includes = files.flatMap(({ path, includes }) =>
  includes
    .filter(({ isQuoted, target }) => isQuoted && isTest(posix.normalize(posix.join(posix.dirname(path), target))))
    .map(({ target, line }) => `${path}:${line}: includes ${target}`),
);
report([...imports, ...includes], `${modules.length} modules and ${files.length} C and C++ files`);
