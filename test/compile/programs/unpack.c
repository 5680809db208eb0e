/* The primitives of kernel.h against what their names say, byte by byte. Exit status 0: all as said. */
#include <pqflow/kernel.h>
#include <stdio.h>

enum { SLOT_SIZE_BYTES = 72, COLUMN_BYTES = 32 };

static uint8_t records[4 * SLOT_SIZE_BYTES];
static int failures = 0;

/* Rows of `width_bytes` each, from `offset_bytes` of every record, and nothing behind them. */
static void expect(const char* name, const uint8_t* column, size_t width_bytes, size_t offset_bytes) {
  uint8_t expected[COLUMN_BYTES + 16];
  memset(expected, 0xee, sizeof expected);
  for (size_t row = 0; row < 4; ++row) {
    memcpy(expected + row * width_bytes, records + row * SLOT_SIZE_BYTES + offset_bytes, width_bytes);
  }
  if (memcmp(column, expected, sizeof expected) != 0) {
    fprintf(stderr, "%s: other bytes than those at offset %u\n", name, (unsigned)offset_bytes);
    ++failures;
  }
}

int main(void) {
  uint8_t a[COLUMN_BYTES + 16], b[COLUMN_BYTES + 16], c[COLUMN_BYTES + 16], d[COLUMN_BYTES + 16];
  for (size_t index = 0; index < sizeof records; ++index) {
    records[index] = (uint8_t)(index * 37 + index / 7);
  }
  for (size_t offset = 0; offset + 16 <= SLOT_SIZE_BYTES; ++offset) {
    for (unsigned wanted = 0; wanted < 16; ++wanted) {
      memset(a, 0xee, sizeof a), memset(b, 0xee, sizeof b), memset(c, 0xee, sizeof c), memset(d, 0xee, sizeof d);
      pqflow_unpack_4x4((wanted & 1) ? a : NULL, (wanted & 2) ? b : NULL, (wanted & 4) ? c : NULL, (wanted & 8) ? d : NULL,
                        records + offset, SLOT_SIZE_BYTES);
      expect("4x4, first", a, (wanted & 1) ? 4 : 0, offset);
      expect("4x4, second", b, (wanted & 2) ? 4 : 0, offset + 4);
      expect("4x4, third", c, (wanted & 4) ? 4 : 0, offset + 8);
      expect("4x4, fourth", d, (wanted & 8) ? 4 : 0, offset + 12);
      memset(a, 0xee, sizeof a), memset(b, 0xee, sizeof b), memset(c, 0xee, sizeof c);
      pqflow_unpack_2x8((wanted & 1) ? a : NULL, (wanted & 2) ? b : NULL, records + offset, SLOT_SIZE_BYTES);
      pqflow_unpack_1x8(c, records + offset, SLOT_SIZE_BYTES);
      expect("2x8, left", a, (wanted & 1) ? 8 : 0, offset);
      expect("2x8, right", b, (wanted & 2) ? 8 : 0, offset + 8);
      expect("1x8", c, 8, offset);
    }
  }
#if defined(PQFLOW_KERNEL_SSE2)
  puts("SSE2");
#elif defined(PQFLOW_KERNEL_NEON)
  puts("NEON");
#else
  puts("scalar");
#endif
  return failures == 0 ? 0 : 1;
}
