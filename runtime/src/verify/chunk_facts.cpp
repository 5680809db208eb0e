#include "verify/chunk_facts.hpp"

namespace pqflow::verify {
namespace {

void assign(std::vector<uint8_t>& target, Bytes value) { target.assign(value.begin(), value.end()); }

}  // namespace

void ObservedRange::add(const ValueOrder& order, Bytes value) {
  if (!order.is_defined()) {
    return;
  }
  if (!has_values_ || order.compare(value, min_) < 0) {
    assign(min_, value);
  }
  if (!has_values_ || order.compare(value, max_) > 0) {
    assign(max_, value);
  }
  has_values_ = true;
}

void ObservedRange::add(const ValueOrder& order, const ObservedRange& other) {
  if (other.has_values_) {
    add(order, other.min());
    add(order, other.max());
  }
}

void ValueFacts::add_to_range(const ValueOrder& order, Bytes value) {
  if (!order.is_nan(value)) {
    range.add(order, value);
  } else if (order.is_total()) {
    nan_range.add(order, value);
  }
}

}  // namespace pqflow::verify
