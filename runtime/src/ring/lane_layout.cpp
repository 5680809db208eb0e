#include "ring/lane_layout.hpp"

#include <bit>
#include <cstring>
#include <string>

namespace pqflow::ring {

namespace {

std::string figure(const char* name, uint64_t value) { return std::string(name) + " is " + std::to_string(value); }

pqflow_lane_identity make_identity(const LaneParams& params) noexcept {
  pqflow_lane_identity identity{};
  identity.magic = PQFLOW_LANE_MAGIC;
  identity.layout_version = PQFLOW_LANE_LAYOUT_VERSION;
  identity.byte_order_mark = PQFLOW_LANE_BYTE_ORDER_MARK;
  identity.header_size_bytes = PQFLOW_LANE_HEADER_SIZE_BYTES;
  identity.layout_fingerprint = params.layout_fingerprint;
  identity.schema_fingerprint = params.schema_fingerprint;
  identity.slot_count = params.geometry.slot_count;
  identity.slot_size_bytes = params.geometry.slot_size_bytes;
  identity.record_size_bytes = params.geometry.record_size_bytes;
  identity.commit_offset_bytes = params.geometry.commit_offset_bytes;
  identity.lane_index = params.lane_index;
  identity.gap_capacity_count = PQFLOW_LANE_GAP_CAPACITY_COUNT;
  return identity;
}

pqflow_lane_producer make_producer(const LaneParams& params) noexcept {
  pqflow_lane_producer producer{};
  producer.head_index = params.first_index;
  producer.limit_index = params.first_index + params.geometry.slot_count;
  producer.cached_tail_index = params.first_index;
  producer.slot_mask = params.geometry.slot_count - 1;
  producer.full_policy = params.full_policy;
  producer.full_timeout_ns = params.full_timeout_ns;
  return producer;
}

pqflow_lane_consumer make_consumer(const LaneParams& params) noexcept {
  pqflow_lane_consumer consumer{};
  consumer.tail_index = params.first_index;
  consumer.persisted_index = params.first_index;
  consumer.visible_index = params.first_index;
  consumer.durable_index = params.first_index;
  consumer.state = PQFLOW_LANE_STATE_OPEN;
  return consumer;
}

// Each commit word gets the value an earlier lap would have left: never the one the first lap waits for, whatever first_index is.
void init_commit_words(uint8_t* slots, const LaneParams& params) noexcept {
  const LaneGeometry& geometry = params.geometry;
  for (uint64_t index = params.first_index; index != params.first_index + geometry.slot_count; ++index) {
    const uint64_t slot_index = index & (geometry.slot_count - 1);
    const auto word = static_cast<uint32_t>(index + 1 - geometry.slot_count);
    std::memcpy(slots + slot_index * geometry.slot_size_bytes + geometry.commit_offset_bytes, &word, sizeof word);
  }
}

// A JavaScript producer publishes records by their commit words alone and tells the head now and then; one that was stopped never does. Who
// has the lane next must not begin before what it left.
uint64_t committed_head_index(const pqflow_lane& lane) noexcept {
  const auto* const slots = reinterpret_cast<const uint8_t*>(&lane) + PQFLOW_LANE_HEADER_SIZE_BYTES;
  const auto is_committed = [&](uint64_t index) {
    const uint8_t* const slot = slots + (index & lane.producer.slot_mask) * lane.identity.slot_size_bytes;
    const auto* const commit_word = reinterpret_cast<const uint32_t*>(slot + lane.identity.commit_offset_bytes);
    return PQFLOW_ATOMIC_LOAD_ACQUIRE(commit_word) == static_cast<uint32_t>(index + 1);
  };
  const uint64_t limit_index = PQFLOW_ATOMIC_LOAD_RELAXED(&lane.producer.limit_index);
  uint64_t head_index = PQFLOW_ATOMIC_LOAD_RELAXED(&lane.producer.head_index);
  while (head_index != limit_index && is_committed(head_index)) {
    ++head_index;
  }
  return head_index;
}

base::Result check_identity(const pqflow_lane_identity& identity) {
  if (identity.magic != PQFLOW_LANE_MAGIC) {
    return base::Result::invalid_argument("the memory does not hold a pqflow lane: its first four bytes are not \"PQFL\"");
  }
  if (identity.byte_order_mark != PQFLOW_LANE_BYTE_ORDER_MARK) {
    return base::Result::invalid_argument("the lane was made on a machine of another byte order");
  }
  if (identity.layout_version != PQFLOW_LANE_LAYOUT_VERSION) {
    return base::Result::invalid_argument(figure("the lane's layout version", identity.layout_version) + ", this build reads " +
                                          std::to_string(PQFLOW_LANE_LAYOUT_VERSION));
  }
  if (identity.header_size_bytes != PQFLOW_LANE_HEADER_SIZE_BYTES || identity.gap_capacity_count != PQFLOW_LANE_GAP_CAPACITY_COUNT) {
    return base::Result::invalid_argument(figure("the lane's header size in bytes", identity.header_size_bytes) + " with " +
                                          std::to_string(identity.gap_capacity_count) + " gaps, this build reads " +
                                          std::to_string(PQFLOW_LANE_HEADER_SIZE_BYTES) + " with " +
                                          std::to_string(PQFLOW_LANE_GAP_CAPACITY_COUNT));
  }
  return base::Result::ok();
}

}  // namespace

LaneGeometry make_geometry(uint64_t slot_count, uint32_t slot_size_bytes, uint32_t record_size_bytes) noexcept {
  LaneGeometry geometry;
  geometry.slot_count = slot_count <= PQFLOW_LANE_SLOTS_MAX_COUNT ? static_cast<uint32_t>(slot_count) : 0;
  geometry.slot_size_bytes = slot_size_bytes;
  geometry.record_size_bytes = record_size_bytes;
  geometry.commit_offset_bytes = pqflow_commit_offset_bytes(record_size_bytes);
  return geometry;
}

base::Result check_geometry(const LaneGeometry& geometry) {
  if (geometry.slot_count < PQFLOW_LANE_SLOTS_MIN_COUNT || geometry.slot_count > PQFLOW_LANE_SLOTS_MAX_COUNT ||
      !std::has_single_bit(geometry.slot_count)) {
    return base::Result::invalid_argument(figure("the number of slots", geometry.slot_count) +
                                          "; it must be a power of two from 64 to 2^30");
  }
  if (geometry.record_size_bytes == 0 || geometry.record_size_bytes > PQFLOW_RECORD_SIZE_MAX_BYTES) {
    return base::Result::invalid_argument(figure("the record size in bytes", geometry.record_size_bytes) + "; it must be 1 to " +
                                          std::to_string(PQFLOW_RECORD_SIZE_MAX_BYTES));
  }
  if (geometry.commit_offset_bytes != pqflow_commit_offset_bytes(geometry.record_size_bytes)) {
    return base::Result::invalid_argument(figure("the commit word's offset", geometry.commit_offset_bytes) +
                                          "; behind this record it must be " +
                                          std::to_string(pqflow_commit_offset_bytes(geometry.record_size_bytes)));
  }
  if (geometry.slot_size_bytes % 8 != 0 || geometry.slot_size_bytes < geometry.commit_offset_bytes + 4 ||
      geometry.slot_size_bytes > 2 * PQFLOW_RECORD_SIZE_MAX_BYTES) {
    return base::Result::invalid_argument(
        figure("the slot size in bytes", geometry.slot_size_bytes) + "; it must be a multiple of 8 that holds record and commit word (" +
        std::to_string(geometry.commit_offset_bytes + 4) + ") and at most " + std::to_string(2 * PQFLOW_RECORD_SIZE_MAX_BYTES));
  }
  return base::Result::ok();
}

size_t lane_size_bytes(const LaneGeometry& geometry) noexcept {
  return PQFLOW_LANE_HEADER_SIZE_BYTES + static_cast<size_t>(geometry.slot_count) * geometry.slot_size_bytes;
}

pqflow_lane& lane_init(void* memory, const LaneParams& params) noexcept {
  auto* const lane = static_cast<pqflow_lane*>(memory);
  lane->identity = make_identity(params);
  lane->producer = make_producer(params);
  lane->consumer = make_consumer(params);
  std::memset(lane->gaps, 0, sizeof lane->gaps);
  init_commit_words(static_cast<uint8_t*>(memory) + PQFLOW_LANE_HEADER_SIZE_BYTES, params);
  return *lane;
}

base::Result read_geometry(const void* memory, size_t size_bytes, LaneGeometry& geometry) {
  if (size_bytes < PQFLOW_LANE_HEADER_SIZE_BYTES) {
    return base::Result::invalid_argument(figure("the lane's memory in bytes", size_bytes) + "; its header alone takes " +
                                          std::to_string(PQFLOW_LANE_HEADER_SIZE_BYTES));
  }
  pqflow_lane_identity identity;
  std::memcpy(&identity, memory, sizeof identity);  // Once: checks and copy see the same bytes.
  if (auto result = check_identity(identity); !result.is_ok()) {
    return result;
  }
  const LaneGeometry copy{identity.slot_count, identity.slot_size_bytes, identity.record_size_bytes, identity.commit_offset_bytes};
  if (auto result = check_geometry(copy); !result.is_ok()) {
    return result;
  }
  if (lane_size_bytes(copy) > size_bytes) {
    return base::Result::invalid_argument(figure("the lane's memory in bytes", size_bytes) + "; its header announces " +
                                          std::to_string(lane_size_bytes(copy)));
  }
  geometry = copy;
  return base::Result::ok();
}

void lane_shut(pqflow_lane& lane, pqflow_lane_state state) noexcept {
  // Release, so that whoever finds the lane shut (a blocked producer, statistics) sees what came before. The credit needs no order: it is
  // the producer's own word, and no producer runs.
  PQFLOW_ATOMIC_STORE_RELEASE(&lane.consumer.state, static_cast<uint32_t>(state));
  const uint64_t head_index = committed_head_index(lane);
  PQFLOW_ATOMIC_STORE_RELAXED(&lane.producer.head_index, head_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&lane.producer.limit_index, head_index);
}

void lane_reopen(pqflow_lane& lane) noexcept {
  PQFLOW_ATOMIC_STORE_RELEASE(&lane.consumer.state, static_cast<uint32_t>(PQFLOW_LANE_STATE_OPEN));
}

bool is_drained(const pqflow_lane& lane) noexcept {
  // Acquire pairs with the writer's release in release_now(). A tail seen late only makes the lane look fuller than it is.
  return PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.tail_index) == PQFLOW_ATOMIC_LOAD_RELAXED(&lane.producer.head_index);
}

}  // namespace pqflow::ring
