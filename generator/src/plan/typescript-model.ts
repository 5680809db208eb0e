/** Everything that NAME_sink.ts says, as finished strings: the renderer decides nothing. */

/** A value of the descriptor: finished text, or a structure of them. */
export type Literal =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: Literal])[] }
  | { readonly kind: "array"; readonly items: readonly Literal[] };

export interface TypeScriptImport {
  readonly name: string;
  /** Where a generated name is the same. */
  readonly alias?: string;
  readonly isType: boolean;
}

/** A type alias, its constant, and for enums the functions from name or code to code. */
export interface TypeScriptChoices {
  readonly name: string;
  readonly doc: string;
  /** Of the union. */
  readonly typeMembers: readonly string[];
  readonly constantName: string;
  readonly constantDoc: string;
  readonly constant: Literal;
  readonly lookups: readonly TypeScriptFunction[];
}

/** A function of the file that is not exported. */
export interface TypeScriptFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returnType: string;
  /** Statements of the file before the function. */
  readonly preamble: readonly string[];
  readonly body: readonly string[];
}

export interface TypeScriptProperty {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly doc: string;
}

export interface TypeScriptInterface {
  readonly name: string;
  readonly doc: string;
  readonly properties: readonly TypeScriptProperty[];
}

export interface TypeScriptUnion {
  readonly name: string;
  readonly doc: string;
  readonly members: readonly string[];
}

export interface TypeScriptPlan {
  /** Of the file, relative to the output folder. */
  readonly path: string;
  readonly banner: string;
  readonly imports: readonly TypeScriptImport[];
  readonly choices: readonly TypeScriptChoices[];
  readonly recordName: string;
  readonly recordDoc: string;
  readonly properties: readonly TypeScriptProperty[];
  /** Types of structs and maps, inner ones first. */
  readonly groups: readonly (TypeScriptInterface | TypeScriptUnion)[];
  /** What stores structs, lists and maps. */
  readonly functions: readonly TypeScriptFunction[];
  readonly descriptorName: string;
  readonly descriptorDoc: string;
  readonly descriptorType: string;
  readonly descriptor: Literal;
  readonly className: string;
  readonly classDoc: string;
  readonly baseClass: string;
  readonly laneType: string;
  readonly openedType: string;
  readonly optionsType: string;
  readonly openFunction: string;
  readonly attachFunction: string;
  readonly sharedType: string;
  readonly recordParameter: string;
  readonly fieldParameters: readonly string[];
  /** Lines of log: the record's fields become variables. */
  readonly readRecord: readonly string[];
  /** Lines that log and logFields share; indentation relative to the method's body. */
  readonly storeRecord: readonly string[];
}
