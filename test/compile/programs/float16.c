/* argv[1]: floats. argv[2]: the half of each is written. argv[3]: the float of each of the 65,536 halves is written. C and C++. */
#include <pqflow/float16.h>
#include <stdio.h>

int main(int argument_count, char** arguments) {
  if (argument_count != 4) {
    return 2;
  }
  FILE* const input = fopen(arguments[1], "rb");
  FILE* const halves = fopen(arguments[2], "wb");
  FILE* const floats = fopen(arguments[3], "wb");
  float value;
  if (input == PQFLOW_NULL || halves == PQFLOW_NULL || floats == PQFLOW_NULL) {
    return 1;
  }
  while (fread(&value, sizeof value, 1, input) == 1) {
    const uint16_t half = pqflow_float16_from_float(value);
    fwrite(&half, sizeof half, 1, halves);
  }
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    value = pqflow_float16_to_float(PQFLOW_STATIC_CAST(uint16_t, bits));
    fwrite(&value, sizeof value, 1, floats);
  }
  return fclose(input) + fclose(halves) + fclose(floats);
}
