// Misuse gives a status, not a crash.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

using HandleCall = pqflow_status (*)(pqflow_sink*);

struct NamedCall {
  const char* name;
  HandleCall call;
};

const NamedCall kCalls[] = {
    {"log",
     [](pqflow_sink* sink) {
       const Tick tick = make_tick(0);
       return pqflow_sink_log(sink, &tick, sizeof tick);
     }},
    {"flush", [](pqflow_sink* sink) { return pqflow_sink_flush(sink, nullptr); }},
    {"close", [](pqflow_sink* sink) { return pqflow_sink_close(sink, nullptr); }},
    {"stats",
     [](pqflow_sink* sink) {
       pqflow_stats stats{};
       stats.struct_size_bytes = sizeof stats;
       return pqflow_sink_stats(sink, &stats);
     }},
    {"column_invalid_values",
     [](pqflow_sink* sink) {
       uint64_t count = 0;
       return pqflow_sink_column_invalid_values(sink, 0, &count);
     }},
    {"last_error", [](pqflow_sink* sink) { return pqflow_sink_last_error(sink, nullptr); }},
    {"attach_lane",
     [](pqflow_sink* sink) {
       pqflow_lane* lane = nullptr;
       return pqflow_sink_attach_lane(sink, &lane, nullptr);
     }},
};

class HandleMisuse : public ::testing::TestWithParam<NamedCall> {};

TEST_P(HandleMisuse, of_null_is_an_invalid_handle) { EXPECT_EQ(GetParam().call(nullptr), PQFLOW_STATUS_INVALID_HANDLE); }

TEST_P(HandleMisuse, of_something_else_is_an_invalid_handle) {
  pqflow_sink garbage{0xdeadbeef, nullptr};
  EXPECT_EQ(GetParam().call(&garbage), PQFLOW_STATUS_INVALID_HANDLE);
  garbage.magic = 0;
  EXPECT_EQ(GetParam().call(&garbage), PQFLOW_STATUS_INVALID_HANDLE);
}

INSTANTIATE_TEST_SUITE_P(each, HandleMisuse, ::testing::ValuesIn(kCalls), [](const auto& call) { return call.param.name; });

TEST(ClosedHandle, answers_closed_to_log_flush_and_close_and_still_tells_its_statistics) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(0), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.log(1), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_sink_flush(bench.sink, &bench.error), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(bench.error.status, PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_sink_last_error(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().state, PQFLOW_SINK_STATE_CLOSED);
  EXPECT_EQ(bench.stats().visible_records, 1U);
}

TEST(ClosedHandle, keeps_the_lane_s_header_so_that_inline_calls_answer_closed) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_lane_reserve(bench.lane(), bench.descriptor.slot_size_bytes), nullptr);
  EXPECT_EQ(pqflow_lane_refusal(bench.lane()), PQFLOW_STATUS_CLOSED);
  const Tick tick = make_tick(0);
  EXPECT_EQ(pqflow_lane_log(bench.lane(), &tick, sizeof tick, bench.descriptor.slot_size_bytes), PQFLOW_STATUS_CLOSED);
}

TEST(Free, takes_null_and_what_is_no_sink_without_harm) {
  pqflow_sink_free(nullptr);
  pqflow_sink garbage{1, nullptr};
  pqflow_sink_free(&garbage);
  EXPECT_EQ(garbage.magic, 1U);
}

TEST(Free, closes_a_sink_that_was_not_closed) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(0), PQFLOW_STATUS_OK);
  pqflow_sink_free(bench.sink);
  bench.sink = nullptr;
  EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{0}));
}

TEST(Log, refuses_a_null_record_and_one_of_another_size) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_log(bench.sink, nullptr, sizeof(Tick)), PQFLOW_STATUS_INVALID_ARGUMENT);
  const Tick tick = make_tick(0);
  EXPECT_EQ(pqflow_sink_log(bench.sink, &tick, sizeof tick - 1), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
  EXPECT_EQ(bench.stats().accepted_records, 0U);
}

TEST(AttachLane, answers_unavailable_when_every_lane_is_attached) {
  ApiBench bench;
  bench.options.max_lanes = 1;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  auto* lane = reinterpret_cast<pqflow_lane*>(&bench);
  EXPECT_EQ(pqflow_sink_attach_lane(bench.sink, &lane, &bench.error), PQFLOW_STATUS_LANE_UNAVAILABLE);
  EXPECT_EQ(lane, nullptr);
  EXPECT_NE(bench.message().find("all 1 lanes"), std::string::npos);
  EXPECT_EQ(pqflow_sink_attach_lane(bench.sink, nullptr, &bench.error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_sink_attach_lane(nullptr, &lane, &bench.error), PQFLOW_STATUS_INVALID_HANDLE);
}

TEST(DetachLane, refuses_what_is_not_an_attached_lane_of_the_sink) {
  ApiBench bench;
  ApiBench other;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(other.open(), PQFLOW_STATUS_OK);
  pqflow_lane* lane = nullptr;
  ASSERT_EQ(pqflow_sink_attach_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, nullptr, &bench.error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_sink_detach_lane(other.sink, lane, &bench.error), PQFLOW_STATUS_INVALID_HANDLE);
  EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, bench.lane(), &bench.error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_NE(bench.message().find("opening thread"), std::string::npos);
  EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, lane, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, lane, &bench.error), PQFLOW_STATUS_LANE_DETACHED);
}

TEST(Stats, fills_no_more_than_the_caller_has_room_for) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(0), PQFLOW_STATUS_OK);
  pqflow_stats stats{};
  std::memset(&stats, 0x5a, sizeof stats);
  stats.struct_size_bytes = offsetof(pqflow_stats, persisted_records);
  ASSERT_EQ(pqflow_sink_stats(bench.sink, &stats), PQFLOW_STATUS_OK);
  EXPECT_EQ(stats.accepted_records, 1U);
  EXPECT_EQ(stats.persisted_records, 0x5a5a5a5a5a5a5a5aU);
  EXPECT_EQ(stats.struct_size_bytes, offsetof(pqflow_stats, persisted_records));
  stats.struct_size_bytes = 0;
  EXPECT_EQ(pqflow_sink_stats(bench.sink, &stats), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_sink_stats(bench.sink, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
}

TEST(Stats, tell_the_invalid_values_of_each_column_while_the_sink_is_open_and_after_it_was_closed) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  Tick tick = make_tick(0);
  tick.symbol[0] = '\xff';
  ASSERT_EQ(pqflow_sink_log(bench.sink, &tick, sizeof tick), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  for (int pass = 0; pass < 2; ++pass) {
    for (const size_t column : {0U, 1U, 2U}) {
      uint64_t count = 99;
      EXPECT_EQ(pqflow_sink_column_invalid_values(bench.sink, column, &count), PQFLOW_STATUS_OK);
      EXPECT_EQ(count, column == 2 ? 1U : 0U);
    }
    EXPECT_EQ(bench.stats().invalid_values, 1U);
    (void)pqflow_sink_close(bench.sink, nullptr);
  }
}

TEST(Stats, refuse_a_column_that_is_not_there) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  uint64_t count = 99;
  EXPECT_EQ(pqflow_sink_column_invalid_values(bench.sink, 3, &count), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(count, 99U);
  EXPECT_EQ(pqflow_sink_column_invalid_values(bench.sink, 0, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
}

struct BadRequest {
  const char* name;
  void (*change)(ApiBench&);
  pqflow_status status;
  const char* message_part;
};

class OpenMisuse : public ::testing::TestWithParam<BadRequest> {};

TEST_P(OpenMisuse, is_refused_with_a_message_and_leaves_no_sink_and_no_file) {
  ApiBench bench;
  GetParam().change(bench);
  bench.sink = reinterpret_cast<pqflow_sink*>(&bench);
  EXPECT_EQ(bench.open(), GetParam().status);
  EXPECT_EQ(bench.sink, nullptr);
  EXPECT_EQ(bench.error.status, GetParam().status);
  EXPECT_NE(bench.message().find(GetParam().message_part), std::string::npos) << bench.message();
  EXPECT_TRUE(bench.folder.names().empty());
}

const BadRequest kBadRequests[] = {
    {"abi_version", [](ApiBench& b) { b.request.abi_version = 2; }, PQFLOW_STATUS_ABI_MISMATCH, "ABI version 2"},
    {"request_size", [](ApiBench& b) { b.request.struct_size_bytes = 8; }, PQFLOW_STATUS_ABI_MISMATCH, "request of 8 bytes"},
    {"reserved", [](ApiBench& b) { b.request.reserved = 1; }, PQFLOW_STATUS_INVALID_ARGUMENT, "reserved"},
    {"no_descriptor", [](ApiBench& b) { b.request.descriptor = nullptr; }, PQFLOW_STATUS_INVALID_ARGUMENT, "no descriptor"},
    {"descriptor_abi", [](ApiBench& b) { b.descriptor.abi_version = 9; }, PQFLOW_STATUS_ABI_MISMATCH, "ABI version 9"},
    {"descriptor_nonsense", [](ApiBench& b) { b.descriptor.slot_size_bytes = 7; }, PQFLOW_STATUS_INVALID_DESCRIPTOR, "slot_size_bytes"},
    {"fingerprint", [](ApiBench& b) { b.request.layout_fingerprint = 1; }, PQFLOW_STATUS_FINGERPRINT_MISMATCH, "0x0000000000001234"},
    {"record_size", [](ApiBench& b) { b.request.record_size_bytes = 20; }, PQFLOW_STATUS_RECORD_SIZE_MISMATCH, "has 20 bytes"},
    {"options_abi", [](ApiBench& b) { b.options.abi_version = 0; }, PQFLOW_STATUS_ABI_MISMATCH, "pqflow_options_default()"},
    {"option", [](ApiBench& b) { b.options.page_rows = 0; }, PQFLOW_STATUS_INVALID_ARGUMENT, "page_rows is 0"},
    {"codec", [](ApiBench& b) { b.options.codec = PQFLOW_CODEC_LZO; }, PQFLOW_STATUS_CODEC_UNAVAILABLE, "LZO"},
    {"alignment",
     [](ApiBench& b) {
       b.descriptor.record_align_bytes = 256;
       b.descriptor.record_size_bytes = 256;
       b.request.record_size_bytes = 256;
       b.descriptor.slot_size_bytes = pqflow_slot_size_bytes(256, 256);
     },
     PQFLOW_STATUS_INVALID_DESCRIPTOR, "align"},
    {"no_path",
     [](ApiBench& b) {
       b.request.path = nullptr;
       b.options.path = nullptr;
     },
     PQFLOW_STATUS_INVALID_ARGUMENT, "no path"},
    {"placeholder", [](ApiBench& b) { b.request.path = "{weather}.parquet"; }, PQFLOW_STATUS_INVALID_ARGUMENT, "{seq}"},
};

INSTANTIATE_TEST_SUITE_P(each, OpenMisuse, ::testing::ValuesIn(kBadRequests), [](const auto& bad) { return bad.param.name; });

TEST(Open, refuses_null_pointers) {
  ApiBench bench;
  EXPECT_EQ(pqflow_sink_open(nullptr, &bench.request, &bench.error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_sink_open(&bench.sink, nullptr, &bench.error), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(bench.sink, nullptr);
}

TEST(Open, needs_no_room_for_an_error) {
  ApiBench bench;
  bench.request.abi_version = 2;
  EXPECT_EQ(pqflow_sink_open(&bench.sink, &bench.request, nullptr), PQFLOW_STATUS_ABI_MISMATCH);
}

TEST(Open, leaves_the_error_untouched_when_it_succeeds) {
  ApiBench bench;
  std::memset(&bench.error, 0x5a, sizeof bench.error);
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.error.os_error, 0x5a5a5a5a);
}

TEST(Open, takes_the_path_of_the_options_and_the_options_of_the_schema) {
  ApiBench bench;
  const std::string path = bench.folder.path("{schema}.parquet");
  bench.options.path = path.c_str();
  bench.request.path = nullptr;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"ticks.parquet"}));
}

TEST(Open, without_options_uses_the_defaults) {
  ApiBench bench;
  bench.request.options = nullptr;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().ring_slots_count, 262'144U);
}

// Characters of two bytes, from an even and from an odd offset on.
TEST(Open, cuts_a_message_that_does_not_fit_between_characters) {
  for (const char* begin : {"x", "xx"}) {
    ApiBench bench;
    std::string path = bench.folder.path(begin);
    for (int i = 0; i < 80; ++i) {
      path += "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4/";
    }
    path += "t.parquet";
    bench.request.path = path.c_str();
    ASSERT_NE(bench.open(), PQFLOW_STATUS_OK);
    const std::string message = bench.message();
    EXPECT_TRUE(message.size() == 1014 || message.size() == 1015) << message.size();
    EXPECT_NE(static_cast<unsigned char>(message.back()), 0xc3);
  }
}

}  // namespace
}  // namespace pqflow::api_test
