// Dependency direction of the runtime: base ← {ring, codec, io, encoding}, encoding ← columns ← parquet, only sink and recover see ring and parquet, watch is what sinks tell other processes, recover reads and finishes what writers left and knows no sink, schema makes descriptors by the rules of columns, the C API sees only sink, schema and recover. The verifier shares nothing with the writer: it sees base alone, inspect sees the verifier, and the program sees both and recover.
import { readIncludes } from "../lib/includes.mjs";
import { report } from "../lib/repository.mjs";

const sourceDir = "runtime/src/";

/** Which other folders each folder may include. base stands below all of them; the C API gets its Result through sink. */
const allowed = {
  base: [],
  ring: ["base"],
  codec: ["base"],
  io: ["base"],
  encoding: ["base"],
  columns: ["encoding", "base"],
  parquet: ["columns", "encoding", "codec", "base"],
  journal: ["io", "encoding", "base"],
  watch: ["ring", "base"],
  sink: ["recover", "watch", "ring", "journal", "parquet", "columns", "codec", "io", "base"],
  recover: ["ring", "journal", "parquet", "columns", "encoding", "io", "base"],
  schema: ["columns", "base"],
  c_api: ["sink", "schema", "recover", "base"],
  verify: ["base"],
  inspect: ["verify", "base"],
  cli: ["inspect", "verify", "recover", "watch", "base"],
};

const folderOf = (path) => path.slice(sourceDir.length).split("/")[0];

function check({ path, includes }) {
  const folder = folderOf(path);
  if (!Object.hasOwn(allowed, folder))
    return [`${path}:1: no rule covers runtime/src/${folder}; say in scripts/verify/runtime-includes.mjs what it may include`];
  return includes
    .filter(({ isQuoted }) => isQuoted)
    .flatMap(({ target, line }) => {
      const other = target.split("/")[0];
      if (!Object.hasOwn(allowed, other) || !target.includes("/"))
        return [`${path}:${line}: "${target}" is not written as "folder/file" under runtime/src`];
      return other === folder || allowed[folder].includes(other)
        ? []
        : [`${path}:${line}: ${folder} must not include ${other} (${target})`];
    });
}

const files = readIncludes("runtime/src");
report(files.flatMap(check), `${files.length} files`);
