#include "columns/storage_traits.hpp"

#include <array>
#include <limits>

namespace pqflow::columns {
namespace {

constexpr uint8_t bit_of(pqflow_physical_type physical_type) noexcept { return static_cast<uint8_t>(1U << physical_type); }

constexpr uint8_t kBoolean = bit_of(PQFLOW_PHYSICAL_BOOLEAN);
constexpr uint8_t kInt32 = bit_of(PQFLOW_PHYSICAL_INT32);
constexpr uint8_t kInt64 = bit_of(PQFLOW_PHYSICAL_INT64);
constexpr uint8_t kInt96 = bit_of(PQFLOW_PHYSICAL_INT96);
constexpr uint8_t kFloat = bit_of(PQFLOW_PHYSICAL_FLOAT);
constexpr uint8_t kDouble = bit_of(PQFLOW_PHYSICAL_DOUBLE);
constexpr uint8_t kByteArray = bit_of(PQFLOW_PHYSICAL_BYTE_ARRAY);
constexpr uint8_t kFixed = bit_of(PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY);
constexpr uint8_t kAny = 0xff;
constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();

// In the order of pqflow_storage. Integers as BYTE_ARRAY: names or decimals, which storage_rules.hpp tells apart.
constexpr std::array<StorageTraits, 17> kTraits = {{{"NONE", 0, 0, kAny},
                                                    {"BOOL", 1, 1, kBoolean},
                                                    {"INT8", 1, 1, kInt32 | kByteArray},
                                                    {"INT16", 2, 2, kInt32 | kByteArray},
                                                    {"INT32", 4, 4, kInt32 | kByteArray},
                                                    {"INT64", 8, 8, kInt64 | kInt96 | kByteArray},
                                                    {"UINT8", 1, 1, kInt32 | kByteArray},
                                                    {"UINT16", 2, 2, kInt32 | kByteArray},
                                                    {"UINT32", 4, 4, kInt32 | kByteArray},
                                                    {"UINT64", 8, 8, kInt64 | kByteArray},
                                                    {"FLOAT", 4, 4, kFloat},
                                                    {"DOUBLE", 8, 8, kDouble},
                                                    {"FIXED_BYTES", 1, kNoLimit, kFixed | kInt96 | kByteArray},
                                                    {"PADDED_TEXT", 1, kNoLimit, kByteArray},
                                                    {"COUNTED_8", 2, 256, kByteArray},
                                                    {"COUNTED_16", 3, 65537, kByteArray},
                                                    {"FLOAT16", 2, 2, kFixed}}};

static_assert(kTraits.size() == PQFLOW_STORAGE_FLOAT16 + 1);

}  // namespace

const StorageTraits* find_storage_traits(uint8_t storage) noexcept { return storage < kTraits.size() ? &kTraits[storage] : nullptr; }

bool is_integer_storage(uint8_t storage) noexcept { return storage >= PQFLOW_STORAGE_INT8 && storage <= PQFLOW_STORAGE_UINT64; }

bool is_signed_storage(uint8_t storage) noexcept { return storage >= PQFLOW_STORAGE_INT8 && storage <= PQFLOW_STORAGE_INT64; }

bool is_floating_storage(uint8_t storage) noexcept {
  return storage == PQFLOW_STORAGE_FLOAT || storage == PQFLOW_STORAGE_DOUBLE || storage == PQFLOW_STORAGE_FLOAT16;
}

bool is_text_storage(uint8_t storage) noexcept { return storage == PQFLOW_STORAGE_PADDED_TEXT || is_counted_storage(storage); }

bool is_counted_storage(uint8_t storage) noexcept { return storage == PQFLOW_STORAGE_COUNTED_8 || storage == PQFLOW_STORAGE_COUNTED_16; }

uint32_t fixed_storage_bytes(uint8_t storage) noexcept {
  const StorageTraits* const traits = find_storage_traits(storage);
  return traits != nullptr && traits->has_one_width() ? traits->min_width_bytes : 0;
}

std::string storage_name(uint8_t storage) {
  const StorageTraits* const traits = find_storage_traits(storage);
  return traits != nullptr ? traits->name : "number " + std::to_string(storage);
}

}  // namespace pqflow::columns
