/** A translation unit that calls every function of a generated header, forwarding its own parameters. */
import type { CPlan } from "../../generator/src/plan/c-model.js";

interface Forwarded {
  readonly result: string;
  readonly name: string;
  readonly parameters: readonly string[];
}

/** `const uint8_t x[16]` → `x`. */
function parameterName(parameter: string): string {
  return /(\w+)(\[\d+\])?$/.exec(parameter)?.[1] ?? "";
}

function forward({ result, name, parameters }: Forwarded): string {
  const signature = `${result} use_${name}(${parameters.join(", ") || "void"})`;
  const call = `${name}(${parameters.map(parameterName).join(", ")});`;
  return `${signature};\n${signature} { ${result === "void" ? "" : "return "}${call} }\n`;
}

/** Of the record and of every struct in it. */
function accessorFunctions({ accessors, structFunctions }: CPlan): readonly Forwarded[] {
  return [...structFunctions.flatMap((struct) => struct.accessors), ...accessors].flatMap((accessor) => {
    const owner = `${accessor.owner}* ${accessor.self}`;
    return [
      { result: "void", name: accessor.setName, parameters: [owner, ...accessor.setParameters.split(", ")] },
      ...(accessor.isConverted ? [{ result: accessor.getType, name: accessor.getName, parameters: [`const ${owner}`] }] : []),
      ...optionalFunctions(accessor, owner),
    ];
  });
}

function optionalFunctions(
  { isOptional, clearName, hasName }: { readonly isOptional: boolean; readonly clearName: string; readonly hasName: string },
  owner: string,
): readonly Forwarded[] {
  if (!isOptional) return [];
  return [
    { result: "void", name: clearName, parameters: [owner] },
    { result: "int", name: hasName, parameters: [`const ${owner}`] },
  ];
}

function groupFunctions({ groups, structFunctions }: CPlan): readonly Forwarded[] {
  return [...structFunctions.flatMap((struct) => struct.groups), ...groups].flatMap((group) => {
    const owner = `${group.owner}* ${group.self}`;
    return [
      { result: `${group.elementType}*`, name: group.addName, parameters: [owner] },
      { result: "void", name: group.setName, parameters: [owner, ...group.setParameters.split(", ")] },
      ...optionalFunctions(group, owner),
    ];
  });
}

function structFunctionsOf({ structFunctions }: CPlan): readonly Forwarded[] {
  return structFunctions.flatMap(({ name, hasReset, resetName, initName }) => [
    ...(hasReset ? [{ result: "void", name: resetName, parameters: [`${name}* item`] }] : []),
    { result: "void", name: initName, parameters: [`${name}* item`] },
  ]);
}

function setFunctions({ sets }: CPlan): readonly Forwarded[] {
  return sets.flatMap(({ name, hasName, setName, clearName }) => {
    const parameters = [`${name} left`, `${name} right`];
    return [
      { result: "int", name: hasName, parameters },
      { result: name, name: setName, parameters },
      { result: name, name: clearName, parameters },
    ];
  });
}

function apiFunctions({ names, parameters }: CPlan): readonly Forwarded[] {
  const lane = `${names.lane}* lane_`;
  const sink = `${names.sink}* handle_`;
  const record = `const ${names.record}* record_`;
  const many = `const ${names.record}* records_`;
  const error = "pqflow_error* error_";
  const options = "const pqflow_options* options_";
  const fields = parameters.split(", ");
  const status = "pqflow_status";
  return [
    { result: "const pqflow_descriptor*", name: names.descriptor, parameters: [] },
    { result: status, name: names.validate, parameters: [record, "const char** field_"] },
    { result: "void", name: names.recordInit, parameters: [`${names.record}* record_`] },
    { result: "pqflow_lane*", name: names.laneBase, parameters: [lane] },
    { result: `${names.record}*`, name: names.reserve, parameters: [lane] },
    { result: "void", name: names.commit, parameters: [lane] },
    { result: status, name: names.log, parameters: [lane, record] },
    { result: "size_t", name: names.logMany, parameters: [lane, many, "size_t count_"] },
    { result: status, name: names.logFields, parameters: [lane, ...fields] },
    { result: "pqflow_options", name: names.optionsDefault, parameters: [] },
    { result: "pqflow_sink*", name: names.sinkBase, parameters: [sink] },
    { result: `${names.lane}*`, name: names.sinkLane, parameters: [sink] },
    { result: `${names.record}*`, name: names.sinkReserve, parameters: [sink] },
    { result: status, name: names.sinkCommit, parameters: [sink] },
    { result: status, name: names.sinkLog, parameters: [sink, record] },
    { result: "size_t", name: names.sinkLogMany, parameters: [sink, many, "size_t count_"] },
    { result: status, name: names.sinkLogFields, parameters: [sink, ...fields] },
    { result: status, name: names.sinkOpen, parameters: [`${names.sink}** handle_`, "const char* path_", options, error] },
    {
      result: status,
      name: names.sinkOpenRegistered,
      parameters: ["pqflow_sink** handle_", "const pqflow_record_layout* layout_", "const char* path_", options, error],
    },
    { result: status, name: names.sinkFlush, parameters: [sink, error] },
    { result: status, name: names.sinkClose, parameters: [sink, error] },
    { result: "void", name: names.sinkFree, parameters: [sink] },
    { result: status, name: names.sinkLastError, parameters: [sink, error] },
    { result: status, name: names.sinkStats, parameters: [sink, "pqflow_stats* stats_"] },
  ];
}

/** Every constant of a type, picked by index. */
function pick(type: string, values: readonly string[]): string {
  const signature = `${type} pick_${type}(size_t index_)`;
  return `${signature};\n${signature} {\n  const ${type} values_[] = {${values.join(", ")}};\n  return values_[index_];\n}\n`;
}

function constants({ enums, sets, names }: CPlan, language: "c" | "c++"): string {
  const ofEnums = enums.map(({ name, values }) =>
    pick(
      name,
      values.map((value) => (language === "c" ? value.cName : `${name}::${value.cppName}`)),
    ),
  );
  const ofSets = sets.map(({ name, intValues, wideValues }) =>
    pick(
      name,
      [...intValues, ...wideValues].map((value) => value.cName),
    ),
  );
  const sizes = [names.recordSize, names.recordAlign, names.slotSize, names.commitOffset].join(" + ");
  const sum = `uint64_t sum_${names.record}(void)`;
  return `${[...ofEnums, ...ofSets].join("")}${sum};\n${sum} { return ${names.layoutFingerprint} + ${sizes}; }\n`;
}

function classUse({ names, namespaceOpenings, parameters, arguments: names_ }: CPlan): string {
  const type = `::${[...namespaceOpenings, names.sinkClass].join("::")}`;
  const signature = `void use_${names.sinkClass}(const ${names.record}& record_, const char* path_, ${parameters})`;
  return `${signature};
${signature} {
  ${type} first_(path_, ${type}::default_options());
  ${type} second_(static_cast<${type}&&>(first_));
  if (second_.log(record_) == PQFLOW_STATUS_OK && second_.log_many(&record_, 1) == 1 && second_.log_fields(${names_}) == PQFLOW_STATUS_OK) {
    *second_.reserve() = record_;
    second_.commit();
  }
  second_.flush();
  if (second_.stats().dropped_records == 0) {
    second_.close();
  }
}
`;
}

export function usage(plan: CPlan, language: "c" | "c++"): string {
  const ofFields = [...accessorFunctions(plan), ...groupFunctions(plan), ...structFunctionsOf(plan), ...setFunctions(plan)];
  const functions = [...apiFunctions(plan), ...ofFields].map(forward).join("");
  return `#include "${plan.headerPath}"\n${functions}${constants(plan, language)}${language === "c++" ? classUse(plan) : ""}`;
}
