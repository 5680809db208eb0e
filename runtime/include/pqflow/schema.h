/* Schemas made at run time: column definitions become a descriptor, records are logged by pointer and length. No generated code.
 *
 *   const pqflow_column columns[] = {{.name = "timestamp_ns", .physical_type = PQFLOW_PHYSICAL_INT64},
 *                                    {.name = "note", .physical_type = PQFLOW_PHYSICAL_BYTE_ARRAY, .length_bytes = 23,
 *                                     .logical_type = PQFLOW_LOGICAL_STRING, .null_kind = PQFLOW_NULL_BIT}};
 *   const pqflow_schema_definition definition = pqflow_schema_define("orders", columns, 2);
 *   pqflow_schema_create(&schema, &definition, &error);
 *   pqflow_schema_sink_open(&sink, schema, "orders.parquet", NULL, &error);
 *   pqflow_sink_log(sink, record, pqflow_schema_record_size_bytes(schema));
 *
 * A packed record, without padding (offsets are in the order of the columns; any alignment):
 *
 *   | null bits | column 0 | column 1 | …        null bits: one per column with PQFLOW_NULL_BIT, in order, bit i in byte i / 8,
 *                                                least significant first; 1 = null. No byte where no column has one.
 *
 * How the value of each column lies in the record unless `storage` says otherwise; numbers are little-endian:
 *
 *   BOOLEAN               1 byte, 0 or 1
 *   INT32, INT64          4, 8 bytes; with logical type INTEGER the bytes of its width
 *   INT96                 12 bytes as Parquet has them: nanoseconds of the day (8), Julian day (4)
 *   FLOAT, DOUBLE         4, 8 bytes
 *   FIXED_LEN_BYTE_ARRAY  length_bytes; 16 for UUID, 2 for FLOAT16, 12 for INTERVAL
 *   BYTE_ARRAY            a length of 1 byte (length_bytes up to 255) or 2 bytes (up to 65,535), then length_bytes of room. The bytes stand
 *                         in the record itself, never behind a pointer. */
#ifndef PQFLOW_SCHEMA_H
#define PQFLOW_SCHEMA_H

#include "record.h"

PQFLOW_EXTERN_C_BEGIN

/* ---- Definition ---- */

enum pqflow_layout {
  PQFLOW_LAYOUT_PACKED = 0,  /* The picture above; offsets are computed. */
  PQFLOW_LAYOUT_EXPLICIT = 1 /* Every column has its offset; size, alignment and null bits are those of the definition. */
};

/* One column. Clear it first (`= {0}`); 0 is the default of every member. Texts are copied. */
typedef struct pqflow_column {
  const char* name;                     /* 1 … 255 bytes of NUL-terminated UTF-8, once in a schema. */
  const pqflow_enum_value* enum_values; /* With an integer storage: names of a BYTE_ARRAY column, else the codes allowed. */
  uint64_t null_value_bits;             /* PQFLOW_NULL_SENTINEL: the sentinel as it lies in the record, upper bytes zero. */
  double bloom_filter_fpp;   /* Share of values that are not in a chunk and pass its bloom filter all the same: 1e-6 … 0.5. 0: no bloom
                                filter. Not for BOOLEAN. */
  uint64_t bloom_filter_ndv; /* With it: distinct values expected in a row group, 1 … 2^26; 0: as many as it turns out to have. */
  uint32_t enum_value_count;
  uint32_t length_bytes;  /* FIXED_LEN_BYTE_ARRAY: its length. BYTE_ARRAY: most bytes of a value, the length before it not counted. */
  uint32_t offset_bytes;  /* PQFLOW_LAYOUT_EXPLICIT: from the start of the record. */
  int32_t field_id;       /* Parquet field_id, with has_field_id; once in a schema. */
  int32_t codec_level;    /* With has_codec_level. */
  uint8_t has_field_id;   /* 0 or 1. */
  uint8_t has_codec;      /* 1: `codec` instead of the file's, at codec_level or else at the codec's own level. */
  uint8_t codec;          /* pqflow_codec */
  uint8_t has_encoding;   /* 1: `encoding` instead of PQFLOW_ENCODING_AUTO. */
  uint8_t encoding;       /* pqflow_encoding */
  uint8_t has_statistics; /* 1: `statistics` instead of PQFLOW_COLUMN_STATISTICS_PAGE. */
  uint8_t statistics;     /* enum pqflow_column_statistics */
  uint8_t physical_type;  /* enum pqflow_physical_type */
  uint8_t logical_type;   /* enum pqflow_logical_type */
  uint8_t storage;        /* enum pqflow_storage; PQFLOW_STORAGE_NONE: the one that follows from the type. */
  uint8_t null_kind;      /* enum pqflow_null_kind; other than NEVER: an OPTIONAL column. */
  uint8_t time_unit;      /* enum pqflow_time_unit, for TIME and TIMESTAMP. */
  uint8_t is_adjusted_to_utc;
  uint8_t integer_bit_width; /* for INTEGER: 8, 16, 32, 64. */
  uint8_t integer_is_signed;
  uint8_t decimal_precision; /* for DECIMAL. */
  uint8_t decimal_scale;
  uint8_t pad_byte;        /* PQFLOW_STORAGE_PADDED_TEXT: what fills the rest of length_bytes. */
  uint8_t unknown_code;    /* enum pqflow_unknown_code, with enum_values. */
  uint8_t has_codec_level; /* 0 or 1, with has_codec. */
} pqflow_column;

/* Start from pqflow_schema_define(). Nothing of it needs to outlive pqflow_schema_create. */
typedef struct pqflow_schema_definition {
  uint32_t abi_version;
  uint32_t struct_size_bytes;
  uint32_t column_size_bytes; /* sizeof(pqflow_column) */
  uint32_t column_count;      /* 1 … 4,096 */
  const char* name;           /* Schema name: root of the Parquet schema, {schema} in paths. 1 … 255 bytes of UTF-8. */
  const pqflow_column* columns;
  const pqflow_key_value* key_values;           /* For the file's key-value metadata. */
  const pqflow_sorting_column* sorting_columns; /* Records are expected in this order, the first column deciding. Null: no order. */
  uint32_t key_value_count;
  uint32_t sorting_column_count;
  uint32_t version; /* Of the schema; in the file's metadata. */
  uint32_t layout;  /* enum pqflow_layout */
  uint32_t
      record_size_bytes; /* The rest: PQFLOW_LAYOUT_EXPLICIT only, else 0. Size of the record, 1 … 2^20, a multiple of the alignment. */
  uint32_t record_align_bytes;     /* A power of two, 1 … 128. */
  uint32_t null_bits_offset_bytes; /* First byte of the null bits, one per column with PQFLOW_NULL_BIT, in order. */
  uint8_t null_bit_when_present;   /* Polarity: 1 or 0 for a value that is present. */
  uint8_t reserved[3];
} pqflow_schema_definition;

/* A packed definition with the sizes that the caller was compiled with. Pure. */
PQFLOW_INLINE pqflow_schema_definition pqflow_schema_define(const char* name, const pqflow_column* columns, uint32_t column_count) {
  pqflow_schema_definition definition;
  memset(&definition, 0, sizeof definition);
  definition.abi_version = PQFLOW_ABI_VERSION;
  definition.struct_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof definition);
  definition.column_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof(pqflow_column));
  definition.column_count = column_count;
  definition.name = name;
  definition.columns = columns;
  return definition;
}

/* ---- Schema ---- */

/* Owned by the caller; constant once created, so any thread may read it. */
typedef struct pqflow_schema pqflow_schema;

/* Checks the definition and builds a descriptor. On failure *schema is null and *error (may be null) names the column and what to do:
 * PQFLOW_STATUS_INVALID_DESCRIPTOR, PQFLOW_STATUS_INVALID_ARGUMENT for null pointers, PQFLOW_STATUS_ABI_MISMATCH. Allocates. */
PQFLOW_API pqflow_status pqflow_schema_create(pqflow_schema** schema, const pqflow_schema_definition* definition, pqflow_error* error);

/* Null is allowed. Sinks that were opened with the schema go on: they have copies. */
PQFLOW_API void pqflow_schema_free(pqflow_schema* schema);

/* For pqflow_options_default and pqflow_sink_open; lives as long as the schema. Its layout fingerprint changes with any offset, width or
 * null bit, its schema fingerprint with any name, type or id and with what may be null; equal definitions have equal ones. Null for null.
 */
PQFLOW_API const pqflow_descriptor* pqflow_schema_descriptor(const pqflow_schema* schema);

/* The length that pqflow_sink_log expects; 0 for null. */
PQFLOW_API uint32_t pqflow_schema_record_size_bytes(const pqflow_schema* schema);

/* 0 for null. */
PQFLOW_API uint32_t pqflow_schema_column_count(const pqflow_schema* schema);

/* Where a column lies: offset_bytes, width_bytes (a length before the value included), its null bit. Null when there is none such. Lives as
 * long as the schema. */
PQFLOW_API const pqflow_field* pqflow_schema_column(const pqflow_schema* schema, uint32_t column_index);
PQFLOW_API const pqflow_field* pqflow_schema_find_column(const pqflow_schema* schema, const char* name);

/* pqflow_sink_open with the schema's descriptor; `path` and `options` may be null. Blocks; allocates; owned as in pqflow.h. */
PQFLOW_INLINE pqflow_status pqflow_schema_sink_open(pqflow_sink** sink, const pqflow_schema* schema, const char* path,
                                                    const pqflow_options* options, pqflow_error* error) {
  const pqflow_descriptor* const descriptor = pqflow_schema_descriptor(schema);
  const uint64_t layout_fingerprint = descriptor != PQFLOW_NULL ? descriptor->layout_fingerprint : 0;
  return pqflow_record_sink_open(sink, descriptor, layout_fingerprint, pqflow_schema_record_size_bytes(schema), PQFLOW_NULL, path, options,
                                 error);
}

/* ---- Filling a record: inline, never block, check nothing ---- */

/* Copies the column's width_bytes from `value`, which lies as its storage says: a number, fixed bytes, text already padded. */
PQFLOW_INLINE void pqflow_column_store(void* record, const pqflow_field* column, const void* value) {
  memcpy(PQFLOW_STATIC_CAST(uint8_t*, record) + column->offset_bytes, value, column->width_bytes);
}

/* Bytes of a column with a length before the value: cut to the room. */
PQFLOW_INLINE void pqflow_column_store_counted(void* record, const pqflow_field* column, const void* data, size_t length_bytes) {
  uint8_t* const place = PQFLOW_STATIC_CAST(uint8_t*, record) + column->offset_bytes;
  const size_t prefix_bytes = column->storage == PQFLOW_STORAGE_COUNTED_8 ? 1 : 2;
  const uint16_t stored_bytes =
      PQFLOW_STATIC_CAST(uint16_t, pqflow_store_counted(place + prefix_bytes, column->width_bytes - prefix_bytes, data, length_bytes));
  memcpy(place, &stored_bytes, prefix_bytes);
}

/* Text of a padded column: cut to the room, the rest filled. */
PQFLOW_INLINE void pqflow_column_store_padded(void* record, const pqflow_field* column, const char* text, size_t length_bytes) {
  char* const place = PQFLOW_STATIC_CAST(char*, record) + column->offset_bytes;
  pqflow_store_padded(place, column->width_bytes, text, length_bytes, PQFLOW_STATIC_CAST(char, column->pad_byte));
}

/* Sets or clears the null bit of a column with PQFLOW_NULL_BIT. */
PQFLOW_INLINE void pqflow_column_set_null(void* record, const pqflow_field* column, int is_null) {
  uint8_t* const byte = PQFLOW_STATIC_CAST(uint8_t*, record) + column->null_byte_offset_bytes;
  const unsigned bit = (is_null != 0) != (column->null_bit_when_present != 0) ? 1U : 0U;
  *byte = PQFLOW_STATIC_CAST(uint8_t, (*byte & ~(1U << column->null_bit_index)) | (bit << column->null_bit_index));
}

PQFLOW_EXTERN_C_END

#endif
