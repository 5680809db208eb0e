// A writer agent without a thread: the test is producer, writer and caller of commands, so that every step is seen.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>

#include "columns/descriptor_bytes.hpp"
#include "ring/lane_layout.hpp"
#include "sink/capture_folder.hpp"
#include "sink/fake_system.hpp"
#include "sink/lane_table.hpp"
#include "sink/tick_schema.hpp"
#include "sink/writer_agent.hpp"

namespace pqflow::sink::test {

struct BenchOptions {
  uint64_t slot_count = 1024;
  uint64_t row_group_rows = 100;
  uint64_t first_index = 0;
  uint32_t max_lanes = 1;
  pqflow_slot_release slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
  pqflow_metadata metadata = PQFLOW_METADATA_CAPTURE;
  pqflow_if_exists if_exists = PQFLOW_IF_EXISTS_FAIL;
  size_t footer_cap_bytes = 64 << 10;
  uint64_t rotate_bytes = 0;
  sink::CutLimits cuts{};
  size_t encoder_count = 1;
  pqflow_unpack_function* unpack = nullptr;  // Null: the runtime's own.
  uint64_t row_group_bytes = uint64_t{1} << 20;
  const char* file_name = "t-{seq}.parquet";
  pqflow_file_layout layout = PQFLOW_FILE_LAYOUT_CLASSIC;
  const base::SystemCalls* system = nullptr;  // Null: the bench's own.
  bool is_synced = false;                     // Row groups while the file grows, each at once: no thread is started.
  bool is_journaled = false;                  // As durability JOURNAL; likewise.
  uint64_t journal_segment_bytes = uint64_t{1} << 20;
  const char* manifest_name = nullptr;  // In the bench's folder.
  sink::FileListener file_listener{};
  bool has_interims = false;  // As durability PROCESS, with its slot_release.
};

struct AgentBench {
  explicit AgentBench(const BenchOptions& options = {}) {
    pqflow_descriptor descriptor = tick_descriptor();
    descriptor.unpack = options.unpack;
    EXPECT_TRUE(columns::RecordSchema::build(descriptor, nullptr, schema).is_ok());
    geometry = ring::make_geometry(options.slot_count, schema.slot_size_bytes, schema.record_size_bytes);
    LaneRecipe recipe;
    recipe.geometry = geometry;
    recipe.first_index = options.first_index;
    recipe.max_lanes = options.max_lanes;
    lanes = std::make_unique<LaneTable>(recipe);
    EXPECT_TRUE(lanes->attach(lane).is_ok());
    sink::AgentOptions agent_options;
    agent_options.row_group = {options.row_group_rows, options.row_group_bytes, 64, PQFLOW_CODEC_UNCOMPRESSED, 0};
    agent_options.target = {folder.path(options.file_name), options.if_exists, options.footer_cap_bytes, options.rotate_bytes,
                            options.layout};
    agent_options.target.is_synced = options.is_synced || options.is_journaled;
    if (options.is_journaled) {
      agent_options.journal = journal_options(descriptor);
      agent_options.journal.identity.full_bytes = options.journal_segment_bytes;
    }
    agent_options.target.host = "db1";
    agent_options.target.process_id = 77;
    agent_options.manifest_path = options.manifest_name == nullptr ? "" : folder.path(options.manifest_name);
    agent_options.file_listener = options.file_listener;
    agent_options.cuts = options.cuts;
    agent_options.slot_release = options.has_interims ? PQFLOW_SLOT_RELEASE_WHEN_PERSISTED : options.slot_release;
    agent_options.has_interims = options.has_interims;
    agent_options.metadata = options.metadata;
    agent_options.encoder_count = options.encoder_count;
    const sink::AgentLinks links{
        schema, *lanes, commands, counters, failures, options.system != nullptr ? *options.system : system.calls(), clock.clock()};
    passes_time = options.layout == PQFLOW_FILE_LAYOUT_LIVE;
    agent = std::make_unique<sink::WriterAgent>(links, agent_options);
    EXPECT_TRUE(agent->start_encoders(sink::start_real_thread).is_ok());
  }

  sink::JournalOptions journal_options(const pqflow_descriptor& descriptor) const {
    sink::JournalOptions journal;
    journal.is_on = true;
    journal.identity = journal::make_journal_identity();
    journal.identity.folder = folder.path("");
    journal.identity.layout_fingerprint = schema.layout_fingerprint;
    journal.identity.schema_fingerprint = schema.schema_fingerprint;
    journal.identity.slot_size_bytes = schema.slot_size_bytes;
    journal.identity.record_size_bytes = schema.record_size_bytes;
    journal.identity.descriptor = columns::encode_descriptor(descriptor);
    return journal;
  }

  base::Result begin() { return agent->begin_first_file(); }

  pqflow_status log(int64_t sequence) {
    const Tick tick = make_tick(sequence);
    return pqflow_lane_log(lane, &tick, sizeof tick, geometry.slot_size_bytes);
  }
  // Logs until `count` more records were accepted or one was refused; returns how many were accepted.
  uint64_t log_many(uint64_t count) {
    uint64_t accepted = 0;
    while (accepted < count && log(static_cast<int64_t>(lane->producer.head_index)) == PQFLOW_STATUS_OK) {
      ++accepted;
    }
    return accepted;
  }
  // Rounds of work until there is nothing to do.
  void work() {
    while (agent->do_work() != 0) {
    }
  }
  // Another thread asks; this one works until it has its answer.
  base::Result command(Command command) {
    auto answer = std::async(std::launch::async, [&] { return commands.run(command); });
    while (commands.poll() == Command::kNone) {
    }
    while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      agent->do_work();
      clock.now_ns += passes_time ? 1'000'000 : 0;
    }
    return answer.get();
  }
  base::Result flush() { return command(Command::kFlush); }
  base::Result close() { return command(Command::kClose); }

  CaptureFolder folder;
  FakeSystem system;
  FakeClock clock;
  columns::RecordSchema schema;
  ring::LaneGeometry geometry;
  std::unique_ptr<LaneTable> lanes;
  pqflow_lane* lane = nullptr;
  bool passes_time = false;  // While a command is answered: a flush waits until footers are shown.
  CommandSlot commands;
  sink::Counters counters;
  sink::FailureBoard failures;
  std::unique_ptr<sink::WriterAgent> agent;
};

inline std::vector<uint64_t> numbers(uint64_t first, uint64_t count) {
  std::vector<uint64_t> values(count);
  for (uint64_t i = 0; i < count; ++i) {
    values[i] = first + i;
  }
  return values;
}

}  // namespace pqflow::sink::test
