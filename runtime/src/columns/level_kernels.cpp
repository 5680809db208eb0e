#include "columns/level_kernels.hpp"

#include <pqflow/kernel.h>

#include <cstring>

#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

using encoding::load;

uint8_t is_present(const pqflow_field& field, const uint8_t* base) noexcept {
  return pqflow_unpack_present(base, field.null_byte_offset_bytes, field.null_bit_index, field.null_bit_when_present);
}

// Whole blocks, so that short lists cost no call and no inner branch; what is too much is overwritten by the entries that follow.
void fill(uint8_t* levels, uint8_t level, size_t count) noexcept {
  constexpr size_t kBlockBytes = 16;
  uint8_t block[kBlockBytes];
  std::memset(block, level, kBlockBytes);
  for (size_t index = 0; index < count; index += kBlockBytes) {
    std::memcpy(levels + index, block, kBlockBytes);
  }
}

constexpr size_t kStrideCount = 8;

void fill_offsets(uint32_t* offsets, uint32_t first, const uint32_t* strides, uint32_t stride, size_t count) noexcept {
  for (size_t index = 0; index < count; index += kStrideCount) {
    for (size_t step = 0; step < kStrideCount; ++step) {
      offsets[index + step] = first + strides[step];
    }
    first += static_cast<uint32_t>(kStrideCount) * stride;
  }
}

template <typename Count>
size_t expand_lists(const LevelStep& step, const uint8_t* first_record, const LevelBlock& parent, LevelBlock& target) noexcept {
  const pqflow_field& group = step.group;
  const uint8_t* const first_count = first_record + group.offset_bytes;
  uint32_t strides[kStrideCount];
  for (uint32_t index = 0; index < kStrideCount; ++index) {
    strides[index] = index * group.element_stride_bytes;
  }
  size_t entry_count = 0;
  size_t instance_count = 0;
  size_t list_count = 0;
  size_t cut_count = 0;
  for (size_t entry = 0; entry < parent.entry_count; ++entry) {
    const uint8_t repetition_level = parent.repetition_levels[entry];
    size_t element_count = 0;
    if (parent.definition_levels[entry] == parent.max_definition_level) {
      const uint32_t offset_bytes = parent.offsets[list_count++];
      element_count = load<Count>(first_count + offset_bytes);
      if (element_count > group.max_element_count) {
        element_count = group.max_element_count;
        ++cut_count;
      }
      fill(target.definition_levels + entry_count, group.max_definition_level, element_count);
      fill(target.repetition_levels + entry_count, group.max_repetition_level, element_count);
      fill_offsets(target.offsets + instance_count, offset_bytes, strides, group.element_stride_bytes, element_count);
    }
    if (element_count == 0) {
      target.definition_levels[entry_count] = parent.definition_levels[entry];
    }
    target.repetition_levels[entry_count] = repetition_level;
    entry_count += element_count == 0 ? 1 : element_count;
    instance_count += element_count;
  }
  target.entry_count = entry_count;
  target.instance_count = instance_count;
  return cut_count;
}

template <size_t kWidthBytes>
void gather(uint8_t* values, const uint8_t* first_value, const uint32_t* offsets, size_t count) noexcept {
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(values + index * kWidthBytes, first_value + offsets[index], kWidthBytes);
  }
}

void gather_any(uint8_t* values, const uint8_t* first_value, const uint32_t* offsets, size_t count, size_t width_bytes) noexcept {
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(values + index * width_bytes, first_value + offsets[index], width_bytes);
  }
}

}  // namespace

void expand_optional(const LevelStep& step, const uint8_t* first_record, const LevelBlock& parent, LevelBlock& target) noexcept {
  size_t parent_instance = 0;
  size_t instance_count = 0;
  for (size_t entry = 0; entry < parent.entry_count; ++entry) {
    const uint8_t level = parent.definition_levels[entry];
    const unsigned is_instance = level == parent.max_definition_level ? 1 : 0;
    // Without an instance the next one's bit is read, or the first record's, and not used.
    const uint32_t offset_bytes = parent.offsets[parent_instance];
    const unsigned is_there = is_instance & is_present(step.group, first_record + offset_bytes);
    target.definition_levels[entry] = static_cast<uint8_t>(level + is_there);
    target.offsets[instance_count] = offset_bytes;
    parent_instance += is_instance;
    instance_count += is_there;
  }
  std::memcpy(target.repetition_levels, parent.repetition_levels, parent.entry_count);
  target.entry_count = parent.entry_count;
  target.instance_count = instance_count;
  target.offsets[instance_count] = 0;
}

size_t expand_repeated(const LevelStep& step, const uint8_t* first_record, const LevelBlock& parent, LevelBlock& target) noexcept {
  const size_t cut_count = step.group.storage == PQFLOW_STORAGE_UINT8 ? expand_lists<uint8_t>(step, first_record, parent, target)
                                                                      : expand_lists<uint16_t>(step, first_record, parent, target);
  target.offsets[target.instance_count] = 0;
  return cut_count;
}

void gather_values(uint8_t* values, const uint8_t* first_value, const LevelBlock& block, size_t width_bytes) noexcept {
  switch (width_bytes) {
    case 1:
      return gather<1>(values, first_value, block.offsets, block.instance_count);
    case 2:
      return gather<2>(values, first_value, block.offsets, block.instance_count);
    case 4:
      return gather<4>(values, first_value, block.offsets, block.instance_count);
    case 8:
      return gather<8>(values, first_value, block.offsets, block.instance_count);
    case 12:
      return gather<12>(values, first_value, block.offsets, block.instance_count);
    case 16:
      return gather<16>(values, first_value, block.offsets, block.instance_count);
    default:
      return gather_any(values, first_value, block.offsets, block.instance_count, width_bytes);
  }
}

void gather_presence(uint8_t* valid, const uint8_t* first_record, const LevelBlock& block, const pqflow_field& field) noexcept {
  for (size_t index = 0; index < block.instance_count; ++index) {
    valid[index] = is_present(field, first_record + block.offsets[index]);
  }
}

void add_presence(uint8_t* target, const LevelBlock& block, const uint8_t* present) noexcept {
  size_t instance = 0;
  for (size_t entry = 0; entry < block.entry_count; ++entry) {
    const uint8_t level = block.definition_levels[entry];
    const unsigned is_instance = level == block.max_definition_level ? 1 : 0;
    target[entry] = static_cast<uint8_t>(level + (is_instance & present[instance]));
    instance += is_instance;
  }
}

}  // namespace pqflow::columns
