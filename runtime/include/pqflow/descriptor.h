/* What generated code hands to the runtime: the schema as a tree of fields, the record's layout, the unpack kernel, and the schema's own
 * defaults. A descriptor is constant data. The runtime copies what it needs at open; only the code of `unpack` must outlive the
 * sink. */
#ifndef PQFLOW_DESCRIPTOR_H
#define PQFLOW_DESCRIPTOR_H

#include "platform.h"

PQFLOW_EXTERN_C_BEGIN

/* Raised whenever a structure or enumeration of the public headers changes incompatibly; generated code carries the value it was made with.
 */
enum { PQFLOW_ABI_VERSION = 1 };

/* Parquet's numbers (parquet.thrift, enum Type). */
enum pqflow_physical_type {
  PQFLOW_PHYSICAL_BOOLEAN = 0,
  PQFLOW_PHYSICAL_INT32 = 1,
  PQFLOW_PHYSICAL_INT64 = 2,
  PQFLOW_PHYSICAL_INT96 = 3,
  PQFLOW_PHYSICAL_FLOAT = 4,
  PQFLOW_PHYSICAL_DOUBLE = 5,
  PQFLOW_PHYSICAL_BYTE_ARRAY = 6,
  PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY = 7,
  PQFLOW_PHYSICAL_NONE = 255 /* A group. */
};

/* Parquet's field ids in union LogicalType; 0 = no annotation. */
enum pqflow_logical_type {
  PQFLOW_LOGICAL_NONE = 0,
  PQFLOW_LOGICAL_STRING = 1,
  PQFLOW_LOGICAL_MAP = 2,
  PQFLOW_LOGICAL_LIST = 3,
  PQFLOW_LOGICAL_ENUM = 4,
  PQFLOW_LOGICAL_DECIMAL = 5,
  PQFLOW_LOGICAL_DATE = 6,
  PQFLOW_LOGICAL_TIME = 7,
  PQFLOW_LOGICAL_TIMESTAMP = 8,
  PQFLOW_LOGICAL_INTERVAL = 9, /* Reserved in the union: written as converted type INTERVAL alone, on FIXED_LEN_BYTE_ARRAY(12). */
  PQFLOW_LOGICAL_INTEGER = 10,
  PQFLOW_LOGICAL_UNKNOWN = 11,
  PQFLOW_LOGICAL_JSON = 12,
  PQFLOW_LOGICAL_BSON = 13,
  PQFLOW_LOGICAL_UUID = 14,
  PQFLOW_LOGICAL_FLOAT16 = 15
};

/* Parquet's numbers (enum FieldRepetitionType). */
enum pqflow_repetition { PQFLOW_REPETITION_REQUIRED = 0, PQFLOW_REPETITION_OPTIONAL = 1, PQFLOW_REPETITION_REPEATED = 2 };

enum pqflow_time_unit { PQFLOW_UNIT_NONE = 0, PQFLOW_UNIT_MILLIS = 1, PQFLOW_UNIT_MICROS = 2, PQFLOW_UNIT_NANOS = 3 };

/* How a value lies in the record. Beside the type of its own, a storage may be written as another physical type: any integer with
 * enum_values as BYTE_ARRAY (names), INT64 as INT96 (nanoseconds since 1970-01-01 → nanoseconds of the day and Julian day), a signed
 * integer or FIXED_BYTES with logical DECIMAL as BYTE_ARRAY (big-endian two's complement in the fewest bytes). FIXED_BYTES of 12 as INT96
 * is copied. */
enum pqflow_storage {
  PQFLOW_STORAGE_NONE = 0, /* Nothing: a group that is not REPEATED, a constant, or a column of nulls. */
  PQFLOW_STORAGE_BOOL = 1, /* uint8_t 0 or 1; any other byte is written as true and counted as invalid. */
  PQFLOW_STORAGE_INT8 = 2,
  PQFLOW_STORAGE_INT16 = 3,
  PQFLOW_STORAGE_INT32 = 4,
  PQFLOW_STORAGE_INT64 = 5,
  PQFLOW_STORAGE_UINT8 = 6,
  PQFLOW_STORAGE_UINT16 = 7,
  PQFLOW_STORAGE_UINT32 = 8,
  PQFLOW_STORAGE_UINT64 = 9,
  PQFLOW_STORAGE_FLOAT = 10,
  PQFLOW_STORAGE_DOUBLE = 11,
  PQFLOW_STORAGE_FIXED_BYTES = 12, /* uint8_t[width]: fixed, uuid, decimal wider than 18 digits (big-endian two's complement). */
  PQFLOW_STORAGE_PADDED_TEXT = 13, /* char[width]: trailing pad_byte bytes are cut before writing. */
  PQFLOW_STORAGE_COUNTED_8 =
      14, /* uint8_t length, then width - 1 bytes of room; a longer length is cut to the room and counted as invalid. */
  PQFLOW_STORAGE_COUNTED_16 = 15, /* uint16_t length (2-byte aligned), then width - 2 bytes of room. */
  PQFLOW_STORAGE_FLOAT16 = 16     /* uint16_t: the bits of an IEEE 754 half. */
};

/* How a null lies in the record. */
enum pqflow_null_kind {
  PQFLOW_NULL_NEVER = 0,    /* REQUIRED column. */
  PQFLOW_NULL_BIT = 1,      /* One bit of a bitmap: null_byte_offset_bytes, null_bit_index, null_bit_when_present. */
  PQFLOW_NULL_SENTINEL = 2, /* The value equals null_value_bits. */
  PQFLOW_NULL_NAN = 3,      /* FLOAT, DOUBLE or FLOAT16: any NaN is null. */
  PQFLOW_NULL_ALWAYS = 4    /* No row has a value: logical type UNKNOWN with storage NONE, no bytes in the record. */
};

/* Parquet's numbers (enum Encoding). */
typedef enum pqflow_encoding {
  PQFLOW_ENCODING_PLAIN = 0,
  PQFLOW_ENCODING_RLE = 3, /* BOOLEAN, and levels. */
  PQFLOW_ENCODING_DELTA_BINARY_PACKED = 5,
  PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY = 6,
  PQFLOW_ENCODING_DELTA_BYTE_ARRAY = 7,
  PQFLOW_ENCODING_RLE_DICTIONARY = 8,
  PQFLOW_ENCODING_BYTE_STREAM_SPLIT = 9,
  PQFLOW_ENCODING_AUTO_NO_DICTIONARY = 254, /* In a field: AUTO without RLE_DICTIONARY. */
  PQFLOW_ENCODING_AUTO = 255                /* In a field: what makes the column chunk smallest, by the data of its first page. */
} pqflow_encoding;

/* Parquet's numbers (enum CompressionCodec). LZ4 = 5 (deprecated Hadoop framing) is never written. */
typedef enum pqflow_codec {
  PQFLOW_CODEC_UNCOMPRESSED = 0,
  PQFLOW_CODEC_SNAPPY = 1,
  PQFLOW_CODEC_GZIP = 2,
  PQFLOW_CODEC_LZO = 3,
  PQFLOW_CODEC_BROTLI = 4,
  PQFLOW_CODEC_ZSTD = 6,
  PQFLOW_CODEC_LZ4_RAW = 7,
  PQFLOW_CODEC_FROM_FILE = 255 /* In a field: the file's codec. */
} pqflow_codec;

/* What the writer weighs when it chooses encodings and codecs. What is named explicitly is not touched. */
typedef enum pqflow_profile {
  PQFLOW_PROFILE_SMALL = 0, /* A column chunk goes through the codec where that saves more than 4 % of it. Default. */
  PQFLOW_PROFILE_FAST = 1,  /* … more than 10 %. */
  PQFLOW_PROFILE_WIDEST = 2 /* For readers of any age: PLAIN and RLE_DICTIONARY alone, and SNAPPY as the codec where none is named. */
} pqflow_profile;

/* No level named, wherever a level stands: the codec's own default (GZIP 6, BROTLI 4, ZSTD 1, and less than that in chunks that level 1
   would not make much smaller). */
#define PQFLOW_CODEC_LEVEL_DEFAULT INT32_MIN

enum pqflow_column_statistics {
  PQFLOW_COLUMN_STATISTICS_NONE = 0,  /* null_count, and nan_count of FLOAT, DOUBLE and FLOAT16. */
  PQFLOW_COLUMN_STATISTICS_CHUNK = 1, /* min and max too, per column chunk. */
  PQFLOW_COLUMN_STATISTICS_PAGE = 2   /* The same per page too: a ColumnIndex. An OffsetIndex has every column. */
};

/* What becomes of an integer that is none of the field's enum_values. */
enum pqflow_unknown_code {
  PQFLOW_UNKNOWN_CODE_INVALID =
      0, /* Counted as invalid; null if the field is optional, else the empty name, or the code in a column of codes. */
  PQFLOW_UNKNOWN_CODE_NULL = 1 /* Null, as the schema says (unknown: "null"): not counted. Optional fields only. */
};

enum { PQFLOW_FIELD_ID_NONE = -1 };

typedef struct pqflow_text {
  const char* data; /* UTF-8; not necessarily NUL-terminated. */
  size_t length_bytes;
} pqflow_text;

typedef struct pqflow_key_value {
  pqflow_text key;
  pqflow_text value;
} pqflow_key_value;

typedef struct pqflow_enum_value {
  int64_t code;
  pqflow_text name;
} pqflow_enum_value;

/* One node of the schema tree. The tree is listed depth first, parents before children, without the root, as in Parquet's
 * FileMetaData.schema. All nested types lie in the record with constant offsets (parquet-format LogicalTypes.md, "Nested Types"):
 *
 *   struct   group, logical NONE: its members lie inside its bytes. OPTIONAL: null_kind BIT, a bit outside of them.
 *   list     group, logical LIST → REPEATED group `list` → `element`, anything.
 *   map      group, logical MAP → REPEATED group `key_value` → `key`, a REQUIRED leaf, and `value`, anything.
 *
 *   record   | … | count | pad | element 0 | element 1 | … | element max_element_count - 1 | …
 *                                |<- stride ->|
 *            | of the list or map: offset_bytes, width_bytes                               |
 *
 * The REPEATED group is the count: storage UINT8 or UINT16 at its own offset_bytes. Elements that may be null have a sentinel, or each is a
 * small struct of the value and a byte with its bit. Offsets below a REPEATED group, of counts and null bits too, are those of element 0 of
 * every list or map around: element i of the outer and j of the inner one lies at offset_bytes + i × outer stride + j × inner stride.
 * A count above max_element_count is cut to it and counted as invalid, in the first column below the group. Levels are those of Parquet in
 * every node: each OPTIONAL or REPEATED node on the way from the top adds 1 to max_definition_level, each REPEATED one 1 to
 * max_repetition_level. */
typedef struct pqflow_field {
  const char* name;   /* Column name, NUL-terminated UTF-8. */
  const char* member; /* Name of the C struct member, NUL-terminated; null for a constant. Below a group: not looked at. A list or map is
                         two members: its array, and under that name and `_count` the count. */
  const pqflow_enum_value* enum_values; /* Codes of an integer storage: names of a BYTE_ARRAY column, else looked up. Null: any code. */
  const uint8_t* constant_value;        /* presence: constant. The value as PLAIN bytes without a length prefix; else null. */
  uint64_t null_value_bits;             /* PQFLOW_NULL_SENTINEL: the sentinel as it lies in the record, little-endian, upper bytes zero. */
  double bloom_filter_fpp;   /* Share of values that are not in a chunk and pass its bloom filter all the same: 1e-6 … 0.5. 0: no bloom
                                filter. */
  uint64_t bloom_filter_ndv; /* Distinct values expected in a row group, 1 … 2^26; 0: as many as it turns out to have. */
  int32_t field_id;          /* Parquet field_id, or PQFLOW_FIELD_ID_NONE. */
  uint32_t child_count;      /* 0 for a leaf. A group has physical type NONE. */
  uint32_t enum_value_count;
  uint32_t constant_length_bytes;
  uint32_t offset_bytes;      /* From the start of the record. */
  uint32_t width_bytes;       /* Bytes that carry the value, a length prefix included and no padding; 0 for a constant. A struct: all its
                                 bytes, padding inside included; a list or map: from its first byte to its last, count and elements in any
                                 order and others' between; a REPEATED group: those of the count, 1 or 2. */
  uint32_t type_length_bytes; /* FIXED_LEN_BYTE_ARRAY: its length; else 0. */
  uint32_t null_byte_offset_bytes; /* PQFLOW_NULL_BIT: the byte of the record that holds the bit. */
  uint32_t max_element_count;      /* REPEATED group: elements that there is room for, at least 1; else 0. */
  uint32_t element_stride_bytes;   /* REPEATED group: from one element to the next; else 0. */
  int32_t codec_level;             /* With a codec of its own: its level, or PQFLOW_CODEC_LEVEL_DEFAULT. */
  uint8_t null_bit_index;          /* 0 = least significant. */
  uint8_t null_bit_when_present;   /* Polarity: the bit's value when the field is not null. Generated records: 1. */
  uint8_t null_kind;               /* enum pqflow_null_kind */
  uint8_t storage;                 /* enum pqflow_storage */
  uint8_t physical_type;           /* enum pqflow_physical_type */
  uint8_t logical_type;            /* enum pqflow_logical_type */
  uint8_t repetition;              /* enum pqflow_repetition */
  uint8_t max_definition_level;
  uint8_t max_repetition_level;
  uint8_t time_unit;          /* enum pqflow_time_unit, for TIME and TIMESTAMP */
  uint8_t is_adjusted_to_utc; /* for TIME and TIMESTAMP */
  uint8_t integer_bit_width;  /* for INTEGER: 8, 16, 32, 64 */
  uint8_t integer_is_signed;  /* for INTEGER */
  uint8_t decimal_precision;  /* for DECIMAL */
  uint8_t decimal_scale;      /* for DECIMAL */
  uint8_t pad_byte;           /* for PQFLOW_STORAGE_PADDED_TEXT */
  uint8_t codec;              /* pqflow_codec, or PQFLOW_CODEC_FROM_FILE */
  uint8_t statistics;         /* enum pqflow_column_statistics */
  uint8_t encoding;           /* enum pqflow_encoding */
  uint8_t unknown_code;       /* enum pqflow_unknown_code, with enum_values */
} pqflow_field;

/* Where the unpack kernel puts the values of one leaf column. */
typedef struct pqflow_staging_column {
  uint8_t* values; /* record_count × width_bytes, as the value lies in the record; at any address. Unused for a constant. */
  uint8_t* valid;  /* record_count bytes, 1 = present, 0 = null; written for PQFLOW_NULL_BIT only, else null. */
} pqflow_staging_column;

/* Copies `record_count` records that lie `slot_size_bytes` apart from `first_record` into one staging column per leaf, in schema order.
 * Flat leaves only, those with max_repetition_level 0 and no optional group above them: the columns of all others are left alone, the
 * runtime's own kernels fill them.
 * Writer thread or any encoder thread; never blocks, allocates or fails. Pure memory movement: every conversion happens behind it, so
 * generated and generic kernels give identical bytes. */
typedef void pqflow_unpack_function(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns);

/* The order that bounds of FLOAT, DOUBLE and FLOAT16 columns are in. Parquet's numbers (parquet.thrift, union ColumnOrder). */
typedef enum pqflow_float_order {
  PQFLOW_FLOAT_ORDER_TYPE_ORDER = 1, /* Bounds are of numbers alone, a zero bound covers both zeros, a page of NaNs has none. */
  PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER =
      2 /* -0.0 is below +0.0, and NaNs are the bounds where there is nothing else. Readers that do not know it ignore the bounds. */
} pqflow_float_order;

/* Records are expected in this order. Whether they are is seen while they are written: only a row group that keeps the order says so. */
typedef struct pqflow_sorting_column {
  uint32_t column_index; /* Of a leaf, in file order. Of a flat column: no list or map above it. */
  uint8_t is_descending;
  uint8_t is_nulls_first;
  uint8_t reserved[2];
} pqflow_sorting_column;

/* What the schema's `parquet:` and `sink:` blocks name; it seeds pqflow_options. 0, a null path and PQFLOW_CODEC_FROM_FILE: the runtime's
 * own default. */
typedef struct pqflow_defaults {
  const char* path;     /* Path template, see pqflow_options.path; null when the schema names none. */
  const char* manifest; /* Likewise. */
  uint64_t row_group_bytes;
  uint64_t row_group_rows;
  uint64_t ring_slots_count;
  uint64_t flush_interval_ns;
  uint64_t rotate_bytes;
  uint64_t rotate_rows;
  uint64_t rotate_interval_ns;
  uint64_t rotate_clock_ns;
  uint64_t journal_interval_ns;
  uint32_t page_rows;
  uint32_t page_bytes;
  int32_t codec_level; /* With a codec: its level, or PQFLOW_CODEC_LEVEL_DEFAULT. */
  uint8_t codec;       /* pqflow_codec */
  uint8_t profile;     /* pqflow_profile */
  uint8_t data_page_version;
  uint8_t float_order; /* pqflow_float_order */
  uint32_t encoder_threads;
  uint8_t layout;       /* pqflow_file_layout */
  uint8_t durability;   /* pqflow_durability */
  uint8_t orphans;      /* pqflow_orphans */
  uint8_t reserved;     /* 0. */
  const char* ring_dir; /* See pqflow_options.ring_dir; null when the schema names none. */
} pqflow_defaults;

typedef struct pqflow_descriptor {
  uint32_t abi_version;       /* PQFLOW_ABI_VERSION of the headers the code was compiled with. */
  uint32_t struct_size_bytes; /* sizeof(pqflow_descriptor) */
  uint32_t field_size_bytes;  /* sizeof(pqflow_field) */
  uint32_t field_count;
  const char* name; /* Schema name; root of the Parquet schema. */
  const pqflow_field* fields;
  const pqflow_key_value* key_values;           /* parquet.key_value_metadata */
  const pqflow_sorting_column* sorting_columns; /* The first decides, the next among its equals, …; null: no order. */
  pqflow_unpack_function* unpack;               /* Null: the runtime's generic typed kernels. */
  pqflow_text schema_json;                      /* Resolved schema, stored in the file under "pqflow:schema". */
  pqflow_defaults defaults;
  uint64_t layout_fingerprint; /* Record layout: offsets, widths, null bits. */
  uint64_t schema_fingerprint; /* Meaning: types, units, scales, ids. */
  uint32_t key_value_count;
  uint32_t schema_version;
  uint32_t record_size_bytes; /* sizeof(<schema>_record) */
  uint32_t record_align_bytes;
  uint32_t slot_size_bytes; /* pqflow_slot_size_bytes(record_size_bytes, record_align_bytes) */
  uint32_t sorting_column_count;
} pqflow_descriptor;

PQFLOW_EXTERN_C_END

#endif
