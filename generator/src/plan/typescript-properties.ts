/** Properties of the record and of structs: their types, whether the key may be left out, and what is said of them. */
import type { Field } from "../schema/model.js";
import { docComment } from "./escape.js";
import { defaultText } from "./typescript-defaults.js";
import { keyText, stringText } from "./typescript-literals.js";
import type { TypeScriptProperty } from "./typescript-model.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";
import { valueType } from "./typescript-types.js";

/** Properties that every object inherits: read only where the record has its own. */
const inherited: ReadonlySet<string> = new Set(["__proto__", "constructor"]);

export function isOptional({ presence }: Field): boolean {
  return presence.kind === "optional";
}

/** The key may be left out. */
function canBeLeftOut(field: Field): boolean {
  return isOptional(field) || field.defaultValue !== undefined;
}

/** A required field with a default takes undefined, an optional one null too. */
export function parameterType(field: Field, type: string): string {
  if (isOptional(field)) return `${type} | null | undefined`;
  return canBeLeftOut(field) ? `${type} | undefined` : type;
}

function notesOf(field: Field): readonly string[] {
  const { description, unitOfMeasure, deprecated, minValue, maxValue, defaultValue, type } = field;
  return [
    ...(description === undefined ? [] : [description]),
    ...(unitOfMeasure === undefined ? [] : [`Unit of measure: ${unitOfMeasure}.`]),
    ...(minValue === undefined ? [] : [`At least ${minValue}.`]),
    ...(maxValue === undefined ? [] : [`At most ${maxValue}.`]),
    ...(defaultValue === undefined ? [] : [`Default: ${defaultText(type, defaultValue)}.`]),
    ...(deprecated === undefined
      ? []
      : [`Deprecated since version ${deprecated.sinceVersion}${deprecated.note === undefined ? "" : `: ${deprecated.note}`}.`]),
    ...typeNotes(field),
  ];
}

function typeNotes({ type }: Field): readonly string[] {
  switch (type.kind) {
    case "decimal":
      return [`Unscaled: 1 stands for 10^-${type.scale}; ${type.precision} digits.`];
    case "date":
      return ["Days since 1970-01-01."];
    case "time":
      return [`In ${type.unit} since midnight.`];
    case "timestamp":
      return [`In ${type.unit} since 1970-01-01T00:00:00.`];
    case "int96":
      return ["In ns since 1970-01-01T00:00:00, written as INT96."];
    case "float16":
      return ["Rounded to the nearest half (IEEE 754 binary16)."];
    case "bson":
      return [`A BSON document of at most ${type.maxLengthBytes} bytes.`];
    case "bytes":
      return [`At most ${type.maxLengthBytes} bytes.`];
    case "string":
      return [
        `At most ${type.length.mode === "fixed" ? type.length.lengthBytes : type.length.maxLengthBytes} bytes ${type.charset === "ascii" ? "of ASCII" : "in UTF-8"}.`,
      ];
    case "list":
      return [`At most ${type.maxCount} elements.`];
    case "map":
      return [`At most ${type.maxCount} entries.`];
    default:
      return [];
  }
}

export function planProperty(field: Field, names: TypeScriptNames, imports: TypeScriptImports): TypeScriptProperty {
  const type = valueType(field, names, imports);
  return {
    name: field.name === "__proto__" ? '"__proto__"' : keyText(field.name),
    type: isOptional(field) ? `${type} | null` : type,
    isOptional: canBeLeftOut(field),
    doc: docComment(notesOf(field), "  "),
  };
}

/** The statement that makes a property a variable. */
export function readField(field: Field, variable: string, owner: string): string {
  const { name } = field;
  if (!inherited.has(name)) return `const ${variable} = ${owner}.${name};`;
  const value = `${owner}[${stringText(name)}]`;
  return `const ${variable} = Object.hasOwn(${owner}, ${stringText(name)}) ? ${value} : undefined${canBeLeftOut(field) ? "" : "!"};`;
}
