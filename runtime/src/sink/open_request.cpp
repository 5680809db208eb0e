#include "sink/open_request.hpp"

#include <cinttypes>
#include <cstdio>
#include <utility>

#include "sink/durability_choice.hpp"
#include "sink/options.hpp"

namespace pqflow::sink {

namespace {

std::string hexadecimal(uint64_t value) {
  char text[19];
  std::snprintf(text, sizeof text, "0x%016" PRIx64, value);
  return text;
}

base::Result check_abi(const pqflow_open_request& request) {
  if (request.abi_version != PQFLOW_ABI_VERSION || request.struct_size_bytes != sizeof(pqflow_open_request)) {
    return base::Result::failure(PQFLOW_STATUS_ABI_MISMATCH,
                                 "the caller was compiled for ABI version " + std::to_string(request.abi_version) + " with a request of " +
                                     std::to_string(request.struct_size_bytes) + " bytes, this library has version " +
                                     std::to_string(PQFLOW_ABI_VERSION) + " and " + std::to_string(sizeof(pqflow_open_request)) +
                                     " bytes; compile against the headers of this library");
  }
  if (request.reserved != 0) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "reserved of the open request must be 0; clear the structure before filling it");
  }
  return base::Result::ok();
}

base::Result check_caller_record(const pqflow_open_request& request, const columns::RecordSchema& schema) {
  if (request.layout_fingerprint != schema.layout_fingerprint) {
    return base::Result::failure(PQFLOW_STATUS_FINGERPRINT_MISMATCH,
                                 "the caller's header has the layout fingerprint " + hexadecimal(request.layout_fingerprint) +
                                     ", the descriptor of schema `" + schema.name + "` has " + hexadecimal(schema.layout_fingerprint) +
                                     "; generate both from one schema and compile both again");
  }
  if (request.record_size_bytes != schema.record_size_bytes) {
    return base::Result::failure(PQFLOW_STATUS_RECORD_SIZE_MISMATCH,
                                 "the caller's record has " + std::to_string(request.record_size_bytes) + " bytes, that of schema `" +
                                     schema.name + "` has " + std::to_string(schema.record_size_bytes) +
                                     "; use the generated struct, or register yours with PQFLOW_FIELD");
  }
  return base::Result::ok();
}

base::Result choose_paths(const pqflow_open_request& request, OpenPlan& plan) {
  const char* const path = request.path != nullptr ? request.path : plan.options.path;
  if (path == nullptr) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "no path: give one to open or set options.path");
  }
  plan.path_template = path;
  plan.options.path = nullptr;  // The caller's text may go away.
  if (plan.options.manifest != nullptr) {
    plan.manifest_template = std::exchange(plan.options.manifest, nullptr);
  }
  return base::Result::ok();
}

}  // namespace

base::Result make_open_plan(const pqflow_open_request& request, OpenPlan& plan) {
  if (auto result = check_abi(request); !result.is_ok()) {
    return result;
  }
  if (request.descriptor == nullptr) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "the open request has no descriptor; generated code has one, <schema>_descriptor()");
  }
  if (auto result = columns::RecordSchema::build(*request.descriptor, request.registered, plan.schema); !result.is_ok()) {
    return result;
  }
  if (auto result = check_caller_record(request, plan.schema); !result.is_ok()) {
    return result;
  }
  plan.options = request.options != nullptr ? *request.options : default_options(request.descriptor);
  plan.is_ring_optional = plan.options.durability == PQFLOW_DURABILITY_DEFAULT;
  plan.options.durability = chosen_durability(plan.options);
  if (auto result = check_options(plan.options); !result.is_ok()) {
    return result;
  }
  plan.ring_dir = plan.options.ring_dir != nullptr ? plan.options.ring_dir : "";
  plan.options.ring_dir = nullptr;  // The caller's text may go away.
  if (auto result = parquet::check_options(plan.schema, plan.row_group()); !result.is_ok()) {
    return result;
  }
  return choose_paths(request, plan);
}

}  // namespace pqflow::sink
