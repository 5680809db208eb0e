/** The files of a schema as an author would write them. */
import type { Presence, RandomCase, RandomField } from "./case.js";
import type { YamlKeys } from "./types/model.js";

export interface SchemaFile {
  /** Below the folder of all schemas; the schema's own file is the first. */
  readonly path: string;
  readonly text: string;
}

function mapping(keys: YamlKeys): string {
  return `{${Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")}}`;
}

interface NumberedField {
  readonly field: RandomField;
  readonly index: number;
}

const typeName = (index: number): string => `Type${index}`;
const deepName = (index: number): string => `Deep${index}`;

function fieldKeys({ field, index }: NumberedField): YamlKeys {
  const { presence, defaultValue } = field;
  const type = field.typePlace === undefined ? { type: field.type, ...field.keys } : { type: typeName(index) };
  const presenceKeys: Readonly<Record<Presence["kind"], () => YamlKeys>> = {
    required: () => ({}),
    optional: () => ({ presence: "optional" }),
    sentinel: () => ({ presence: "optional", null_value: presence.kind === "sentinel" ? presence.sentinel.yaml : "" }),
    constant: () => ({ presence: "constant", value: presence.kind === "constant" ? presence.constant.yaml : "" }),
  };
  const given: YamlKeys = defaultValue === undefined ? {} : { default_value: defaultValue.yaml };
  return { name: `"${field.name}"`, id: String(index + 1), ...type, ...presenceKeys[presence.kind](), ...given, ...field.options };
}

function typesBlock(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `types:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

const ownKeys = ({ type, keys }: RandomField): string => mapping({ type, ...keys });

function fieldsText(fields: readonly NumberedField[]): string {
  const types = fields.filter(({ field }) => field.typePlace === "beside");
  return (
    typesBlock(types.map(({ field, index }) => `${typeName(index)}: ${ownKeys(field)}`)) +
    `fields:\n${fields.map((numbered) => `  - ${mapping(fieldKeys(numbered))}\n`).join("")}`
  );
}

function includeLine(fields: readonly NumberedField[], path: string): string {
  return fields.some(({ field }) => field.typePlace === "included" || field.typePlace === "deep") ? `include: ["${path}"]\n` : "";
}

/** Both files of types; none where nothing stands in them. */
function typeFiles(fields: readonly NumberedField[], name: string): readonly SchemaFile[] {
  const deep = fields.filter(({ field }) => field.typePlace === "deep");
  const included = fields.filter(({ field }) => field.typePlace === "included");
  if (deep.length + included.length === 0) return [];
  const lines = [
    ...included.map(({ field, index }) => `${typeName(index)}: ${ownKeys(field)}`),
    ...deep.map(({ index }) => `${typeName(index)}: {type: ${deepName(index)}}`),
  ];
  const include = deep.length === 0 ? "" : `include: ["../deep/${name}.yaml"]\n`;
  const deepText = typesBlock(deep.map(({ field, index }) => `${deepName(index)}: ${ownKeys(field)}`));
  return [
    { path: `types/${name}.yaml`, text: `pqflow: 1\n${include}${typesBlock(lines)}` },
    ...(deep.length === 0 ? [] : [{ path: `deep/${name}.yaml`, text: `pqflow: 1\n${deepText}` }]),
  ];
}

export function schemaFiles({ fields, blocks, baseFieldCount }: RandomCase, name: string): readonly SchemaFile[] {
  const numbered = fields.map((field, index) => ({ field, index }));
  const baseCount = Math.min(baseFieldCount, fields.length - 1);
  const [base, own] = [numbered.slice(0, baseCount), numbered.slice(baseCount)];
  const rest = Object.entries(blocks)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
  const extending = base.length === 0 ? "" : `extends: "./base/${name}.yaml"\n`;
  const head = `pqflow: 1\nname: ${name}\nversion: 1\n${extending}${includeLine(own, `types/${name}.yaml`)}`;
  return [
    { path: `${name}.yaml`, text: `${head}${fieldsText(own)}${rest}` },
    ...(base.length === 0
      ? []
      : [{ path: `base/${name}.yaml`, text: `pqflow: 1\n${includeLine(base, `../types/${name}.yaml`)}${fieldsText(base)}` }]),
    ...typeFiles(numbered, name),
  ];
}
