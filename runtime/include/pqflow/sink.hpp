// A sink as a C++11 object: opens in its constructor, closes in its destructor, throws what the C functions return. Header-only; the
// generator emits the traits and derives from BasicSink what is particular to one schema.
//
//   struct OrdersTraits {                                                              // generated
//     using Record = orders_record;
//     static const pqflow_descriptor* descriptor() noexcept { return orders_descriptor(); }
//     static const pqflow_record_layout* registered() noexcept { return nullptr; }     // or a layout of your own, see register.h
//     static constexpr uint64_t layout_fingerprint() noexcept { return ORDERS_LAYOUT_FINGERPRINT; }
//   };
//   class OrdersSink : public pqflow::BasicSink<OrdersTraits> {                        // generated: log_fields, reserve, commit
//    public:
//     using pqflow::BasicSink<OrdersTraits>::BasicSink;
//     pqflow_status log_fields(int64_t timestamp_ns, …) noexcept { return orders_log_fields(lane(), timestamp_ns, …); }
//   };
//
//   int main() {
//     OrdersSink sink("orders-{seq}.parquet");                                         // throws pqflow::Error
//     if (sink.log_fields(now_ns, …) == PQFLOW_STATUS_RING_FULL) { … }                 // never throws, never blocks
//     sink.close();                                                                    // throws; without it the destructor closes and
//     errors are lost
//   }
//
// Threads as in pqflow.h: log belongs to the thread that opened, others log to a lane of their own (thread_lane); flush, stats and
// last_error to any; moving belongs to whoever owns the object and must not run beside any of them.
#ifndef PQFLOW_SINK_HPP
#define PQFLOW_SINK_HPP

#include <cstring>
#include <stdexcept>
#include <string>

#include "pqflow.h"

namespace pqflow {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wweak-vtables"  // A header-only class has no home for its table.
#endif

class Error : public std::runtime_error {
 public:
  explicit Error(const pqflow_error& error) : std::runtime_error(error.message), status_(error.status), os_error_(error.os_error) {}

  pqflow_status status() const noexcept { return status_; }
  // errno of the failed system call; 0 if none was involved.
  int32_t os_error() const noexcept { return os_error_; }

 private:
  pqflow_status status_;
  int32_t os_error_;
};

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

namespace detail {

inline void check(pqflow_status status, const pqflow_error& error) {
  if (status != PQFLOW_STATUS_OK) {
    throw Error(error);
  }
}

[[noreturn]] inline void fail(pqflow_status status) {
  pqflow_error error;
  error.status = status;
  error.os_error = 0;
  std::strncpy(error.message, pqflow_status_text(status), sizeof error.message - 1);
  error.message[sizeof error.message - 1] = '\0';
  throw Error(error);
}

}  // namespace detail

// `callable(const pqflow_finished_file&)` is called for every file that has got its final name, as pqflow_file_callback is: on the writer
// thread, and it must neither block nor throw. It outlives the sink that is opened with the options.
//   auto listener = [&](const pqflow_finished_file& file) { … };
//   pqflow::on_file(options, listener);
template <typename Callable>
void on_file(pqflow_options& options, Callable& callable) noexcept {
  options.file_callback = [](void* context, const pqflow_finished_file* file) { (*static_cast<Callable*>(context))(*file); };
  options.file_context = &callable;
}

// What every sink object shares: it owns an open sink. Derive and add how a record is logged.
class SinkOwner {
 public:
  SinkOwner(const SinkOwner&) = delete;
  SinkOwner& operator=(const SinkOwner&) = delete;

  // Returns when every record accepted before the call is in a finished file; throws Error otherwise. Any thread; blocks for the write.
  void flush() {
    pqflow_error error;
    detail::check(pqflow_sink_flush(sink_, &error), error);
  }

  // Drains, finishes the file, stops the writer thread; throws the first error that still stands. Afterwards log answers CLOSED. Blocks for
  // the write.
  void close() {
    pqflow_error error;
    detail::check(pqflow_sink_close(sink_, &error), error);
  }

  // As pqflow_stats_render, of this sink alone. Allocates.
  std::string render_stats(pqflow_stats_format format) const {
    std::string text;
    size_t size_bytes = 0;
    do {  // Again where figures grew in between.
      text.resize(size_bytes + 4096);
      const pqflow_status status = pqflow_stats_render(&sink_, 1, format, &text[0], text.size(), &size_bytes);
      if (status != PQFLOW_STATUS_OK) {
        detail::fail(status);
      }
    } while (size_bytes >= text.size());
    text.resize(size_bytes);
    return text;
  }

  pqflow_stats stats() const {
    pqflow_stats stats;
    std::memset(&stats, 0, sizeof stats);
    stats.struct_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof stats);
    const pqflow_status status = pqflow_sink_stats(sink_, &stats);
    if (status != PQFLOW_STATUS_OK) {
      detail::fail(status);
    }
    return stats;
  }

  // A further lane for one thread at a time, until detach_lane(); throws Error. As the functions of pqflow.h: any thread; blocks,
  // allocates.
  pqflow_lane* attach_lane() {
    pqflow_lane* lane = nullptr;
    pqflow_error error;
    detail::check(pqflow_sink_attach_lane(sink_, &lane, &error), error);
    return lane;
  }
  void detach_lane(pqflow_lane* lane) {
    pqflow_error error;
    detail::check(pqflow_sink_detach_lane(sink_, lane, &error), error);
  }

  // The calling thread's own lane, which ends with the thread; throws Error. Ask once per thread: the first time attaches it.
  pqflow_lane* thread_lane() {
    pqflow_lane* lane = nullptr;
    pqflow_error error;
    detail::check(pqflow_sink_thread_lane(sink_, &lane, &error), error);
    return lane;
  }

  // The lane of the opening thread, for the inline forms of producer.h and of generated code.
  pqflow_lane* lane() const noexcept { return static_cast<pqflow_lane*>(sink_->opening_lane); }
  // For the C functions; stays owned by this object.
  pqflow_sink* handle() const noexcept { return sink_; }

 protected:
  // Takes the sink over.
  explicit SinkOwner(pqflow_sink* sink) noexcept : sink_(sink) {}
  // The object moved from may only be destroyed or assigned to.
  SinkOwner(SinkOwner&& other) noexcept : sink_(other.sink_) { other.sink_ = nullptr; }
  SinkOwner& operator=(SinkOwner&& other) noexcept {
    if (this != &other) {
      pqflow_sink_free(sink_);
      sink_ = other.sink_;
      other.sink_ = nullptr;
    }
    return *this;
  }
  // Closes when close() was not called; errors are lost then. Blocks for the write.
  ~SinkOwner() { pqflow_sink_free(sink_); }

 private:
  pqflow_sink* sink_;
};

// Generated traits with a struct of your own in place of the generated record. kLayout points to what PQFLOW_RECORD_LAYOUT made of the
// struct (register.h), with static storage; opening throws where it does not fit the schema.
//   pqflow::BasicSink<pqflow::Registered<OrdersTraits, my_order, &my_layout>> sink("orders.parquet");
template <typename Generated, typename Own, const pqflow_record_layout* kLayout>
struct Registered : Generated {
  using Record = Own;
  static const pqflow_record_layout* registered() noexcept { return kLayout; }
};

template <typename Traits>
class BasicSink : public SinkOwner {
 public:
  using Record = typename Traits::Record;

  static pqflow_options default_options() { return pqflow_options_default(Traits::descriptor()); }

  // Opens with the schema's default options. `path` may be null: the schema's own. Blocks; throws Error.
  explicit BasicSink(const char* path) : BasicSink(path, default_options()) {}
  explicit BasicSink(const std::string& path) : BasicSink(path.c_str()) {}
  BasicSink() : BasicSink(static_cast<const char*>(nullptr)) {}
  // A path given here wins over options.path.
  BasicSink(const char* path, const pqflow_options& options) : SinkOwner(open(path, options)) {}
  BasicSink(const std::string& path, const pqflow_options& options) : BasicSink(path.c_str(), options) {}

  // Copies the record into the lane: OK, RING_FULL (counted as dropped) or CLOSED. Opening thread; never blocks, allocates or throws.
  pqflow_status log(const Record& record) noexcept {
    return pqflow_lane_log(
        lane(), &record, PQFLOW_STATIC_CAST(uint32_t, sizeof(Record)),
        pqflow_slot_size_bytes(PQFLOW_STATIC_CAST(uint32_t, sizeof(Record)), PQFLOW_STATIC_CAST(uint32_t, alignof(Record))));
  }

  // Copies `count` records of an array into the lane, in order: how many it took, from the first on. The others are counted as dropped, or
  // the sink was closed. Opening thread; never blocks, allocates or throws.
  size_t log_many(const Record* records, size_t count) noexcept {
    return pqflow_lane_log_many(
        lane(), records, count, PQFLOW_STATIC_CAST(uint32_t, sizeof(Record)),
        pqflow_slot_size_bytes(PQFLOW_STATIC_CAST(uint32_t, sizeof(Record)), PQFLOW_STATIC_CAST(uint32_t, alignof(Record))));
  }
  // The same for a std::span, vector or array of them.
  template <typename Range>
  size_t log_many(const Range& records) noexcept {
    return log_many(records.data(), records.size());
  }

 private:
  static pqflow_sink* open(const char* path, const pqflow_options& options) {
    pqflow_open_request request;
    std::memset(&request, 0, sizeof request);
    request.abi_version = PQFLOW_ABI_VERSION;
    request.struct_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof request);
    request.descriptor = Traits::descriptor();
    request.options = &options;
    request.path = path;
    request.registered = Traits::registered();
    request.layout_fingerprint = Traits::layout_fingerprint();
    request.record_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof(Record));
    pqflow_sink* sink = nullptr;
    pqflow_error error;
    detail::check(pqflow_sink_open(&sink, &request, &error), error);
    return sink;
  }
};

}  // namespace pqflow

#endif
