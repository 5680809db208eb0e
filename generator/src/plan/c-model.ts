/** What the C templates print: finished strings and booleans, no decisions. Lines may be longer than the page; render breaks them. */

/** Every name of the generated API that does not depend on a field; each is an identifier of file scope. */
export interface CNames {
  readonly record: string;
  readonly recordInit: string;
  readonly lane: string;
  readonly sink: string;
  readonly recordSize: string;
  readonly recordAlign: string;
  readonly slotSize: string;
  readonly commitOffset: string;
  readonly layoutFingerprint: string;
  readonly laneBase: string;
  readonly reserve: string;
  readonly commit: string;
  readonly stamp: string;
  readonly log: string;
  readonly logMany: string;
  readonly logFields: string;
  readonly validate: string;
  readonly descriptor: string;
  readonly optionsDefault: string;
  readonly sinkBase: string;
  readonly sinkLane: string;
  readonly sinkReserve: string;
  readonly sinkCommit: string;
  readonly sinkLog: string;
  readonly sinkLogMany: string;
  readonly sinkLogFields: string;
  readonly sinkAttachLane: string;
  readonly sinkDetachLane: string;
  readonly sinkThreadLane: string;
  readonly sinkOpen: string;
  readonly sinkOpenRegistered: string;
  readonly sinkFlush: string;
  readonly sinkClose: string;
  readonly sinkFree: string;
  readonly sinkStats: string;
  readonly sinkLastError: string;
  /** Static names of the .c file. */
  readonly unpack: string;
  readonly fields: string;
  readonly keyValues: string;
  readonly sortingColumns: string;
  readonly descriptorData: string;
  /** C++. */
  readonly sinkClass: string;
  readonly traitsClass: string;
}

export interface CEnumerator {
  readonly doc: string;
  /** In C++, within the enum class. */
  readonly cppName: string;
  readonly cName: string;
  /** A literal of the enumeration's storage. */
  readonly value: string;
}

export interface CEnum {
  readonly doc: string;
  readonly name: string;
  /** Storage type, e.g. `int32_t`. */
  readonly storage: string;
  readonly values: readonly CEnumerator[];
  readonly hasIntValues: boolean;
  /** Values that an enumerator of C can hold. */
  readonly intValues: readonly CEnumerator[];
  /** Values beyond int: constants of file scope in C. */
  readonly wideValues: readonly CEnumerator[];
}

export interface CSet {
  readonly doc: string;
  readonly name: string;
  readonly storage: string;
  readonly hasName: string;
  readonly setName: string;
  readonly clearName: string;
  readonly hasIntValues: boolean;
  readonly intValues: readonly CEnumerator[];
  readonly wideValues: readonly CEnumerator[];
}

export interface CMember {
  readonly doc: string;
  /** With its indentation, without a newline at the end. */
  readonly declaration: string;
  /** Name, offset and size that the compiler must confirm. */
  readonly name: string;
  readonly offsetBytes: string;
  readonly sizeBytes: string;
}

/** A struct with what the compiler must confirm of it. */
export interface CStructType {
  readonly doc: string;
  readonly isPacked: boolean;
  /** Empty, or an attribute followed by a space. */
  readonly attribute: string;
  readonly name: string;
  readonly sizeBytes: string;
  readonly alignBytes: string;
  readonly members: readonly CMember[];
}

/** The functions of a struct that is not the record. */
export interface CStructFunctions {
  readonly name: string;
  readonly accessors: readonly CAccessor[];
  readonly groups: readonly CGroupFunctions[];
  readonly hasReset: boolean;
  readonly resetName: string;
  readonly resetDoc: string;
  readonly resetStatements: readonly string[];
  readonly isResetSingle: boolean;
  /** The only one. */
  readonly resetStatement: string;
  readonly initName: string;
  readonly initDoc: string;
}

/** Functions of a field that is a struct, a list or a map. */
export interface CGroupFunctions {
  readonly doc: string;
  readonly owner: string;
  readonly self: string;
  /** C type of the struct or of an element. */
  readonly elementType: string;
  readonly addName: string;
  readonly isArray: boolean;
  /** The place that add hands out. */
  readonly element: string;
  /** Of an array: there is no further place. */
  readonly fullCondition: string;
  readonly addStatements: readonly string[];
  readonly setName: string;
  readonly setParameters: string;
  readonly setStatements: readonly string[];
  readonly isOptional: boolean;
  readonly hasName: string;
  readonly hasExpression: string;
  readonly clearName: string;
  /** One where it is no array. */
  readonly clearStatements: readonly string[];
}

/** Functions of one field: set stores a value and marks the field present; has and clear exist for optional fields. */
export interface CAccessor {
  readonly doc: string;
  /** The struct and the parameter that points to it. */
  readonly owner: string;
  readonly self: string;
  readonly setName: string;
  readonly setParameters: string;
  /** Without indentation; a single statement makes a function of one line. */
  /** Values are converted on their way into the record and out of it: get exists too. */
  readonly isConverted: boolean;
  readonly getName: string;
  readonly getType: string;
  readonly getExpression: string;
  readonly setStatements: readonly string[];
  readonly isSetSingle: boolean;
  readonly isOptional: boolean;
  readonly hasName: string;
  readonly hasExpression: string;
  readonly clearName: string;
  readonly clearStatement: string;
}

/** One step of log_fields. */
export interface CStore {
  readonly statement: string;
  /** The field may be absent: the statement runs when this parameter is not null. */
  readonly isConditional: boolean;
  readonly pointer: string;
  /** reserve made the field present: without a value it is cleared again. */
  readonly hasDefault: boolean;
  readonly clearStatement: string;
}

/** Fields that are filled when a record is published. */
export interface CSources {
  readonly hasSources: boolean;
  readonly hasClock: boolean;
  readonly stampDoc: string;
  readonly stampParameters: string;
  /** Of a call: the lane where a field needs it, with ", " behind it. */
  readonly stampLane: string;
  readonly stampStatements: readonly string[];
}

export interface CCheck {
  /** Path of the field, as a string literal. */
  readonly name: string;
  /** `if (…)` or `for (…)` around everything else. */
  readonly isGuarded: boolean;
  readonly guard: string;
  readonly declarations: readonly string[];
  readonly isSwitch: boolean;
  /** Of a switch. */
  readonly subject: string;
  readonly cases: readonly string[];
  /** C expressions, each true when the value is bad; not for a switch. */
  readonly conditions: readonly string[];
  /** After this one: fields of the struct, elements of the list. */
  readonly inner: readonly CCheck[];
}

/** A text or byte string that is too long for one literal: a struct of char arrays. */
export interface CLongText {
  readonly name: string;
  readonly parts: readonly CTextPart[];
}

export interface CTextPart {
  readonly name: string;
  readonly lengthBytes: string;
  readonly isSingle: boolean;
  readonly literals: readonly string[];
  readonly lastLiteral: string;
}

export interface CEnumTable {
  readonly name: string;
  readonly values: readonly { readonly code: string; readonly text: string }[];
}

/** `.name = value` pairs of one initializer; what is zero is left out. */
export interface CFieldInitializer {
  readonly settings: readonly string[];
}

export interface CUnpackColumn {
  readonly index: string;
  readonly values: string;
  readonly widthBytes: number;
  readonly offsetBytes: number;
  readonly hasBit: boolean;
  readonly valid: string;
  readonly nullByteOffsetBytes: string;
  readonly nullBitIndex: string;
}

export interface CPlan extends CSources {
  readonly schemaName: string;
  readonly headerPath: string;
  readonly sourcePath: string;
  readonly guard: string;
  readonly names: CNames;
  readonly recordSizeBytes: string;
  readonly recordAlignBytes: string;
  readonly slotSizeBytes: string;
  readonly commitOffsetBytes: string;
  readonly layoutFingerprint: string;
  readonly enums: readonly CEnum[];
  readonly sets: readonly CSet[];
  /** Those that others contain before them; the record last. */
  readonly structs: readonly CStructType[];
  /** In the same order, without the record. */
  readonly structFunctions: readonly CStructFunctions[];
  readonly accessors: readonly CAccessor[];
  readonly groups: readonly CGroupFunctions[];
  /** Statements of reserve and record_init: every optional field becomes null, every field with a default gets it. */
  readonly nullStatements: readonly string[];
  readonly defaultStatements: readonly string[];
  /** record_init has no statement of these. */
  readonly isInitSingle: boolean;
  readonly validateDoc: string;
  readonly initDoc: string;
  readonly reserveDoc: string;
  readonly logDoc: string;
  readonly logManyDoc: string;
  /** Statements of log that copy `record` to `slot`. */
  readonly copyStatements: readonly string[];
  /** Of log_fields after the lane or sink, separated by ", ". */
  readonly parameters: string;
  readonly arguments: string;
  readonly stores: readonly CStore[];
  readonly namespaceOpenings: readonly string[];
  readonly namespaceClosings: readonly string[];
  readonly hasNamespace: boolean;
  readonly longTexts: readonly CLongText[];
  readonly enumTables: readonly CEnumTable[];
  readonly fieldInitializers: readonly CFieldInitializer[];
  readonly hasKeyValues: boolean;
  readonly keyValues: readonly { readonly key: string; readonly value: string }[];
  readonly hasUnpack: boolean;
  readonly hasSorting: boolean;
  /** Initializers. */
  readonly sortingColumns: readonly string[];
  readonly unpackColumns: readonly CUnpackColumn[];
  /** Statements that move four records at once. */
  readonly unpackMoves: readonly string[];
  readonly checks: readonly CCheck[];
  readonly defaultSettings: readonly string[];
  readonly descriptorSettings: readonly string[];
}
