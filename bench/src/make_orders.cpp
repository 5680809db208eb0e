// Writes orders of the seeded market into a file of slots, as they lie in the ring: what all contenders that take structs begin with.
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "market_records.hpp"

// Usage: make_orders COUNT FILE
int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: make_orders COUNT FILE\n";
    return 2;
  }
  std::ofstream file(argv[2], std::ios::binary | std::ios::trunc);
  char slot[ORDERS_SLOT_SIZE_BYTES] = {};
  for (const orders_record& record : bench::market_records(std::strtoull(argv[1], nullptr, 10))) {
    std::memcpy(slot, &record, sizeof record);
    file.write(slot, sizeof slot);
  }
  file.close();
  return file ? 0 : 1;
}
