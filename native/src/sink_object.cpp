#include "sink_object.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "errors.hpp"
#include "finished_files.hpp"
#include "open_sinks.hpp"
#include "options_translation.hpp"
#include "sink_worker.hpp"
#include "statistics.hpp"

namespace pqflow::node {

namespace {

// Typed arrays address the slots with 32-bit offsets in JavaScript, where larger numbers leave the fast integers.
constexpr uint64_t kSlotsMaxBytes = uint64_t{1} << 31;

void check_slots_size(Napi::Env env, const pqflow_options& options, const pqflow_descriptor& descriptor) {
  if (descriptor.slot_size_bytes != 0 && options.ring_slots_count > kSlotsMaxBytes / descriptor.slot_size_bytes) {
    throw make_error(env, PQFLOW_STATUS_INVALID_ARGUMENT, "ringSlots: the ring of a sink in Node.js holds 2 GiB at most");
  }
}

std::shared_ptr<LaneHandle> open(const Napi::CallbackInfo& info) {
  const ObjectReader root(info.Env().Global(), "Sink");
  auto descriptor = std::make_unique<DescriptorStorage>(root.element(info[0], "descriptor"));
  OptionTexts texts;
  const pqflow_options options = read_options(root.element(info[2], "options"), descriptor->descriptor(), texts);
  check_slots_size(info.Env(), options, descriptor->descriptor());
  const bool has_path = info[1].IsString();
  const std::string path = has_path ? info[1].As<Napi::String>().Utf8Value() : std::string();
  pqflow_error error{};
  auto handle = SinkHandle::open(std::move(descriptor), options, has_path ? path.c_str() : nullptr, error);
  if (handle == nullptr) {
    throw make_error(info.Env(), error);
  }
  return LaneHandle::opening(std::move(handle));
}

std::shared_ptr<LaneHandle> attach(const Napi::CallbackInfo& info) {
  const DescriptorStorage descriptor(ObjectReader(info.Env().Global(), "Sink").element(info[0], "descriptor"));
  const auto sink = find_open_sink(static_cast<uint64_t>(info[1].As<Napi::Number>().Int64Value()));
  if (sink == nullptr) {
    throw make_error(info.Env(), PQFLOW_STATUS_INVALID_HANDLE, "the sink is gone");
  }
  pqflow_error error{};
  auto lane = LaneHandle::attach(sink, descriptor.descriptor(), error);
  if (lane == nullptr) {
    throw make_error(info.Env(), error);
  }
  return lane;
}

void release_slots(napi_env, void*, void* hint) { delete static_cast<std::shared_ptr<LaneHandle>*>(hint); }

// JavaScript's 32-bit view of an index.
Napi::Number low_word(Napi::Env env, uint64_t index) { return Napi::Number::New(env, static_cast<int32_t>(static_cast<uint32_t>(index))); }

}  // namespace

Napi::Function SinkObject::define(Napi::Env env) {
  return DefineClass(env, "Sink",
                     {InstanceMethod("slots", &SinkObject::slots), InstanceMethod("geometry", &SinkObject::geometry),
                      InstanceMethod("refill", &SinkObject::refill), InstanceMethod("hasRoom", &SinkObject::has_room),
                      InstanceMethod("flush", &SinkObject::flush), InstanceMethod("close", &SinkObject::close),
                      InstanceMethod("closeSync", &SinkObject::close_sync), InstanceMethod("stats", &SinkObject::stats),
                      InstanceMethod("detach", &SinkObject::detach), InstanceMethod("stopAttaching", &SinkObject::stop_attaching),
                      InstanceMethod("id", &SinkObject::id), InstanceMethod("columnInvalidValues", &SinkObject::column_invalid_values),
                      InstanceMethod("lastError", &SinkObject::last_error), InstanceMethod("listenToFiles", &SinkObject::listen_to_files),
                      InstanceMethod("takeFiles", &SinkObject::take_files)});
}

SinkObject::SinkObject(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<SinkObject>(info),
      lane_(info[1].IsNumber() ? attach(info) : open(info)),
      open_objects_(Environment::of(info.Env()).open_objects) {
  open_objects_->insert(this);
}

SinkObject::~SinkObject() { open_objects_->erase(this); }

void SinkObject::sync_head(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber() || !lane_->advance_head(info[0].As<Napi::Number>().Uint32Value())) {
    throw make_error(info.Env(), PQFLOW_STATUS_INVALID_ARGUMENT, "head: beyond the slots that the lane has granted");
  }
}

Napi::Value SinkObject::slots(const Napi::CallbackInfo& info) {
  if (std::exchange(slots_given_, true)) {
    throw make_error(info.Env(), PQFLOW_STATUS_INVALID_ARGUMENT, "slots: already given");
  }
  auto keep_alive = std::make_unique<std::shared_ptr<LaneHandle>>(lane_);
  napi_value buffer = nullptr;
  const napi_status status =
      napi_create_external_arraybuffer(info.Env(), lane_->slots(), lane_->slots_size_bytes(), release_slots, keep_alive.get(), &buffer);
  if (status != napi_ok) {
    throw make_error(info.Env(), PQFLOW_STATUS_INTERNAL_ERROR,
                     "this JavaScript engine refuses ArrayBuffers over native memory (napi_create_external_arraybuffer), which pqflow "
                     "needs for its lane");
  }
  static_cast<void>(keep_alive.release());  // release_slots deletes it.
  return Napi::Value(info.Env(), buffer);
}

Napi::Value SinkObject::geometry(const Napi::CallbackInfo& info) {
  const pqflow_lane& lane = lane_->lane();
  Napi::Object object = Napi::Object::New(info.Env());
  object.Set("slotCount", lane.identity.slot_count);
  object.Set("slotSizeBytes", lane.identity.slot_size_bytes);
  object.Set("commitOffsetBytes", lane.identity.commit_offset_bytes);
  object.Set("head", low_word(info.Env(), lane.producer.head_index));
  object.Set("sequence", static_cast<double>(lane.producer.head_index));
  object.Set("limit", low_word(info.Env(), lane.producer.limit_index));
  return object;
}

// The new limit; the head itself when the lane is full, which counts one dropped record. Throws when the sink is closed.
Napi::Value SinkObject::refill(const Napi::CallbackInfo& info) {
  sync_head(info);
  const pqflow_status status = lane_->refill();
  if (status == PQFLOW_STATUS_OK) {
    return low_word(info.Env(), lane_->lane().producer.limit_index);
  }
  if (status == PQFLOW_STATUS_RING_FULL) {
    return low_word(info.Env(), lane_->lane().producer.head_index);
  }
  throw make_error(info.Env(), status, "the sink is closed");
}

// Whether refill would find room. Counts nothing.
Napi::Value SinkObject::has_room(const Napi::CallbackInfo& info) {
  sync_head(info);
  return Napi::Boolean::New(info.Env(), lane_->has_room());
}

Napi::Value SinkObject::flush(const Napi::CallbackInfo& info) {
  sync_head(info);
  return SinkWorker::start(info.Env(), lane_->sink(), &SinkHandle::flush);
}

Napi::Value SinkObject::close(const Napi::CallbackInfo& info) {
  sync_head(info);
  return SinkWorker::start(info.Env(), lane_->sink(), &SinkHandle::close);
}

void SinkObject::close_sync(const Napi::CallbackInfo& info) {
  sync_head(info);
  pqflow_error error{};
  lane_->sink()->stop_attaching();
  if (lane_->sink()->close(error) != PQFLOW_STATUS_OK) {
    throw make_error(info.Env(), error);
  }
}

// Nothing more is logged here; other threads go on.
void SinkObject::detach(const Napi::CallbackInfo& info) {
  sync_head(info);
  lane_->detach();
}

// The sink takes no further threads from now on; returns how many there are still, beside the opening one.
Napi::Value SinkObject::stop_attaching(const Napi::CallbackInfo& info) {
  lane_->sink()->stop_attaching();
  return Napi::Number::New(info.Env(), lane_->sink()->attached_lanes());
}

Napi::Value SinkObject::id(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(lane_->sink()->id()));
}

Napi::Value SinkObject::stats(const Napi::CallbackInfo& info) {
  sync_head(info);
  pqflow_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  const pqflow_status status = pqflow_sink_stats(lane_->sink()->sink(), &stats);
  if (status != PQFLOW_STATUS_OK) {
    throw make_error(info.Env(), status, "no statistics");
  }
  return write_stats(info.Env(), stats);
}

// Of the leaf column at the index given.
Napi::Value SinkObject::column_invalid_values(const Napi::CallbackInfo& info) {
  uint64_t count = 0;
  const size_t column_index = info[0].IsNumber() ? info[0].As<Napi::Number>().Uint32Value() : SIZE_MAX;
  const pqflow_status status = pqflow_sink_column_invalid_values(lane_->sink()->sink(), column_index, &count);
  if (status != PQFLOW_STATUS_OK) {
    throw make_error(info.Env(), status, "columnIndex: no such column");
  }
  return Napi::Number::New(info.Env(), static_cast<double>(count));
}

void SinkObject::listen_to_files(const Napi::CallbackInfo&) { lane_->sink()->files().listen(); }

// [{path, rows, …}]: those finished since the last call.
Napi::Value SinkObject::take_files(const Napi::CallbackInfo& info) { return write_files(info.Env(), lane_->sink()->files().take()); }

// The failure that still stands as an error object, or undefined.
Napi::Value SinkObject::last_error(const Napi::CallbackInfo& info) {
  pqflow_error error{};
  if (pqflow_sink_last_error(lane_->sink()->sink(), &error) == PQFLOW_STATUS_OK) {
    return info.Env().Undefined();
  }
  return make_error(info.Env(), error).Value();
}

}  // namespace pqflow::node
