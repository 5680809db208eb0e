/* How generated descriptors spell constant texts and bytes (C only). A string literal longer than C's 4,095 bytes is a struct of char
 * arrays, whose bytes are one text. Everything here is a constant expression. */
#ifndef PQFLOW_LITERAL_H
#define PQFLOW_LITERAL_H

#include "descriptor.h"

/* A char array that a literal fills to the last byte, without a terminating NUL. */
#if defined(__has_attribute)
#if __has_attribute(nonstring)
#define PQFLOW_NONSTRING __attribute__((nonstring))
#endif
#endif
#if !defined(PQFLOW_NONSTRING)
#define PQFLOW_NONSTRING
#endif

/* pqflow_text of a string literal, and of an object. */
#define PQFLOW_TEXT(literal) \
  { .data = (literal), .length_bytes = sizeof(literal) - 1 }
#define PQFLOW_TEXT_OF(object) \
  { .data = PQFLOW_CHARS_OF(object), .length_bytes = sizeof(object) }

/* Initializers of a pqflow_enum_value and a pqflow_key_value from texts of the forms above. */
#define PQFLOW_CODE(number, text) \
  { .code = (number), .name = text }
#define PQFLOW_KEY_VALUE(key_text, value_text) \
  { .key = key_text, .value = value_text }

/* Address of the first byte of an object, and of a string literal. */
#define PQFLOW_CHARS_OF(object) ((const char*)(const void*)&(object))
#define PQFLOW_BYTES_OF(object) ((const uint8_t*)(const void*)&(object))
#define PQFLOW_BYTES(literal) ((const uint8_t*)(const void*)(literal))

#endif
