// The C++ class over the C API, as generated code derives from it.
#include <gtest/gtest.h>
#include <pqflow/register.h>

#include <cerrno>
#include <pqflow/sink.hpp>
#include <span>
#include <type_traits>
#include <vector>

#include "sink/capture_folder.hpp"
#include "sink/tick_schema.hpp"

namespace pqflow::api_test {
namespace {

using sink::test::CaptureFolder;
using sink::test::Tick;

struct TickTraits {
  using Record = Tick;
  static const pqflow_descriptor* descriptor() noexcept {
    static const pqflow_descriptor descriptor = sink::test::tick_descriptor();
    return &descriptor;
  }
  static const pqflow_record_layout* registered() noexcept { return nullptr; }
  static constexpr uint64_t layout_fingerprint() noexcept { return sink::test::kTickFingerprint; }
};

class TickSink : public BasicSink<TickTraits> {
 public:
  using BasicSink<TickTraits>::BasicSink;
};

// The members of Tick in another order, and one that no column takes.
struct OwnTick {
  char symbol[8];
  int32_t use_count;
  double price;
  int64_t sequence;
};
const pqflow_member kOwnMembers[] = {PQFLOW_FIELD(OwnTick, sequence), PQFLOW_FIELD(OwnTick, price), PQFLOW_FIELD(OwnTick, symbol)};
const pqflow_record_layout kOwnLayout = PQFLOW_RECORD_LAYOUT(OwnTick, kOwnMembers);
const pqflow_member kFewMembers[] = {PQFLOW_FIELD(OwnTick, sequence)};
const pqflow_record_layout kFewLayout = PQFLOW_RECORD_LAYOUT(OwnTick, kFewMembers);

static_assert(!std::is_copy_constructible<TickSink>::value && !std::is_copy_assignable<TickSink>::value, "a sink has one owner");
static_assert(std::is_nothrow_move_constructible<TickSink>::value && std::is_nothrow_move_assignable<TickSink>::value,
              "moving cannot fail");

pqflow_options small_options() {
  pqflow_options options = TickSink::default_options();
  options.ring_slots_count = 1024;
  options.row_group_rows = 100;
  options.idle_sleep_max_ns = 20'000;
  return options;
}

TEST(BasicSink, logs_flushes_closes_and_tells_statistics) {
  CaptureFolder folder;
  TickSink ticks(folder.path("t-{seq}.parquet"), small_options());
  EXPECT_EQ(ticks.log(sink::test::make_tick(0)), PQFLOW_STATUS_OK);
  ticks.flush();
  EXPECT_EQ(ticks.stats().visible_records, 1U);
  EXPECT_NE(ticks.render_stats(PQFLOW_STATS_FORMAT_TEXT).find("visible_records           1\n"), std::string::npos);
  EXPECT_TRUE(ticks.render_stats(PQFLOW_STATS_FORMAT_OPENMETRICS).ends_with("# EOF\n"));
  EXPECT_EQ(ticks.log(sink::test::make_tick(1)), PQFLOW_STATUS_OK);
  ticks.close();
  EXPECT_EQ(ticks.log(sink::test::make_tick(2)), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(folder.first_column(), (std::vector<uint64_t>{0, 1}));
}

TEST(BasicSink, logs_a_batch_as_an_array_or_as_a_range) {
  CaptureFolder folder;
  TickSink ticks(folder.path("t.parquet"), small_options());
  const std::vector<Tick> batch = {sink::test::make_tick(0), sink::test::make_tick(1), sink::test::make_tick(2)};
  EXPECT_EQ(ticks.log_many(batch), 3U);
  EXPECT_EQ(ticks.log_many(std::span<const Tick>(batch).subspan(1)), 2U);
  EXPECT_EQ(ticks.log_many(batch.data(), 1), 1U);
  EXPECT_EQ(ticks.log_many(std::vector<Tick>()), 0U);
  ticks.close();
  EXPECT_EQ(ticks.log_many(batch), 0U);
  EXPECT_EQ(folder.first_column(), (std::vector<uint64_t>{0, 1, 2, 1, 2, 0}));
  EXPECT_EQ(ticks.stats().dropped_records, 0U);
}

TEST(BasicSink, takes_a_registered_struct_in_place_of_the_generated_record) {
  CaptureFolder folder;
  BasicSink<Registered<TickTraits, OwnTick, &kOwnLayout>> ticks(folder.path("t.parquet"), small_options());
  for (int64_t sequence = 0; sequence < 3; ++sequence) {
    EXPECT_EQ(ticks.log(OwnTick{"A", 1, 0.5, sequence}), PQFLOW_STATUS_OK);
  }
  ticks.close();
  EXPECT_EQ(folder.first_column(), (std::vector<uint64_t>{0, 1, 2}));
}

TEST(BasicSink, throws_when_the_registered_struct_lacks_a_member) {
  CaptureFolder folder;
  using FewSink = BasicSink<Registered<TickTraits, OwnTick, &kFewLayout>>;
  try {
    FewSink ticks(folder.path("t.parquet"), small_options());
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), PQFLOW_STATUS_LAYOUT_MISMATCH);
    EXPECT_NE(std::string(error.what()).find("no member `price`"), std::string::npos) << error.what();
  }
}

TEST(BasicSink, closes_when_it_goes_out_of_scope) {
  CaptureFolder folder;
  {
    TickSink ticks(folder.path("t.parquet"), small_options());
    ticks.log(sink::test::make_tick(7));
  }
  EXPECT_EQ(folder.first_column(), (std::vector<uint64_t>{7}));
}

TEST(BasicSink, throws_status_errno_and_message_when_it_cannot_open) {
  CaptureFolder folder;
  try {
    TickSink ticks(folder.path("missing/t.parquet"), small_options());
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), PQFLOW_STATUS_IO_ERROR);
    EXPECT_EQ(error.os_error(), ENOENT);
    EXPECT_NE(std::string(error.what()).find("missing"), std::string::npos) << error.what();
  }
}

TEST(BasicSink, throws_when_it_is_closed_twice_or_flushed_after_close) {
  CaptureFolder folder;
  TickSink ticks(folder.path("t.parquet"), small_options());
  ticks.close();
  EXPECT_THROW(ticks.close(), Error);
  EXPECT_THROW(ticks.flush(), Error);
}

TEST(BasicSink, hands_the_capture_over_when_it_is_moved) {
  CaptureFolder folder;
  TickSink first(folder.path("first.parquet"), small_options());
  TickSink second(folder.path("second.parquet"), small_options());
  first.log(sink::test::make_tick(1));
  second.log(sink::test::make_tick(2));
  second = std::move(first);  // Closes the second capture.
  EXPECT_EQ(folder.final_names(), (std::vector<std::string>{"second.parquet"}));
  TickSink third(std::move(second));
  third.log(sink::test::make_tick(3));
  third.close();
  EXPECT_EQ(sink::test::probe(folder.path("first.parquet")).first_column, (std::vector<uint64_t>{1, 3}));
}

TEST(BasicSink, that_was_moved_from_throws_instead_of_crashing_where_it_may) {
  CaptureFolder folder;
  TickSink first(folder.path("first.parquet"), small_options());
  const TickSink second(std::move(first));
  EXPECT_THROW(first.flush(), Error);
  EXPECT_THROW(first.stats(), Error);
  EXPECT_THROW(first.render_stats(PQFLOW_STATS_FORMAT_TEXT), Error);
}

}  // namespace
}  // namespace pqflow::api_test
