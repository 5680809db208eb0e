// Statistics as text: for people, and for a scraper of OpenMetrics.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "api/producers.hpp"

namespace pqflow::api_test {
namespace {

std::string render(std::vector<pqflow_sink*> sinks, pqflow_stats_format format) {
  size_t size_bytes = 0;
  EXPECT_EQ(pqflow_stats_render(sinks.data(), sinks.size(), format, nullptr, 0, &size_bytes), PQFLOW_STATUS_OK);
  std::string text(size_bytes + 1, '?');
  EXPECT_EQ(pqflow_stats_render(sinks.data(), sinks.size(), format, text.data(), text.size(), &size_bytes), PQFLOW_STATUS_OK);
  EXPECT_EQ(text.back(), '\0');
  text.resize(size_bytes);
  return text;
}

// Three records in two lanes; readers see them, and the ring keeps them until their row group is full.
struct Capture : ApiBench {
  Capture() {
    EXPECT_EQ(open(), PQFLOW_STATUS_OK);
    log(1);
    log(2);
    log_to(attach(*this), 3);
    EXPECT_EQ(pqflow_sink_flush(sink, nullptr), PQFLOW_STATUS_OK);
  }
};

TEST(StatsText, names_the_sink_its_figures_and_those_of_each_lane) {
  Capture capture;
  const std::string text = render({capture.sink}, PQFLOW_STATS_FORMAT_TEXT);
  EXPECT_EQ(text.substr(0, text.find('\n')), "ticks  " + capture.path + "  running");
  EXPECT_NE(text.find("\n  accepted_records          3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  stall_ns                  0\n"), std::string::npos) << text;
  EXPECT_TRUE(std::regex_search(text, std::regex("\n     0  open +2 +2 +0 +0 +0 +0 +2 +[12]\n"))) << text;
  EXPECT_TRUE(std::regex_search(text, std::regex("\n     1  open +1 +1 +0 +0 +0 +0 +1 +1\n"))) << text;
  pqflow_sink_close(capture.sink, nullptr);
  EXPECT_NE(render({capture.sink}, PQFLOW_STATS_FORMAT_TEXT).find("  closed\n"), std::string::npos);
}

TEST(OpenMetrics, have_each_family_once_with_the_samples_of_all_sinks_and_an_end) {
  Capture one;
  Capture other;
  const std::string text = render({one.sink, other.sink}, PQFLOW_STATS_FORMAT_OPENMETRICS);
  const std::regex line(R"(# (TYPE|UNIT|HELP) (pqflow_[a-z_]+) .+|(pqflow_[a-z_]+)\{([a-z_]+="([^"\\]|\\.)*",?)+\} [0-9.]+|# EOF)");
  std::istringstream lines(text);
  std::set<std::string> families;
  std::string family;
  for (std::string each; std::getline(lines, each);) {
    std::smatch parts;
    ASSERT_TRUE(std::regex_match(each, parts, line)) << each;
    if (parts[1] == "TYPE") {
      family = parts[2];
      EXPECT_TRUE(families.insert(family).second) << family << " twice";
    } else if (parts[3].matched) {
      EXPECT_TRUE(parts[3] == family || parts[3] == family + "_total") << each;
    }
  }
  EXPECT_TRUE(text.ends_with("\n# EOF\n"));
  EXPECT_TRUE(families.contains("pqflow_stall_seconds"));
  const std::string labels = "{schema=\"ticks\",path=\"" + other.path + "\"";
  EXPECT_NE(text.find("# TYPE pqflow_accepted_records counter\n"), std::string::npos);
  EXPECT_NE(text.find("\npqflow_accepted_records_total" + labels + "} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\npqflow_lane_accepted_records_total" + labels + ",lane=\"1\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("\npqflow_stall_seconds_total" + labels + "} 0.000000000\n"), std::string::npos);
  EXPECT_NE(text.find("\npqflow_state" + labels + ",pqflow_state=\"running\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("\npqflow_state" + labels + ",pqflow_state=\"closed\"} 0\n"), std::string::npos);
}

TEST(OpenMetrics, escape_what_a_path_may_hold) {
  ApiBench bench;
  const std::string path = bench.folder.path("a\"b\\c.parquet");
  bench.request.path = path.c_str();
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  EXPECT_NE(render({bench.sink}, PQFLOW_STATS_FORMAT_OPENMETRICS).find("a\\\"b\\\\c.parquet\"}"), std::string::npos);
}

TEST(StatsRender, cuts_the_text_to_the_room_there_is_and_tells_what_it_takes) {
  Capture capture;
  char text[9] = "????????";
  size_t size_bytes = 0;
  ASSERT_EQ(pqflow_stats_render(&capture.sink, 1, PQFLOW_STATS_FORMAT_TEXT, text, 8, &size_bytes), PQFLOW_STATUS_OK);
  EXPECT_STREQ(text, ("ticks  " + capture.path).substr(0, 7).c_str());
  EXPECT_GT(size_bytes, 100U);
  EXPECT_EQ(text[8], '\0') << "behind the room";
}

TEST(StatsRender, of_no_sink_is_empty_or_the_end) {
  EXPECT_EQ(render({}, PQFLOW_STATS_FORMAT_TEXT), "");
  EXPECT_TRUE(render({}, PQFLOW_STATS_FORMAT_OPENMETRICS).ends_with("# EOF\n"));
}

TEST(StatsRender, refuses_what_it_cannot_render) {
  Capture capture;
  size_t size_bytes = 77;
  const auto status = [&](pqflow_sink* const* sinks, size_t count, int format, char* text, size_t capacity_bytes, size_t* size) {
    return pqflow_stats_render(sinks, count, static_cast<pqflow_stats_format>(format), text, capacity_bytes, size);
  };
  char text[64];
  pqflow_sink* const none = nullptr;
  EXPECT_EQ(status(&capture.sink, 1, 2, text, sizeof text, &size_bytes), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(status(&capture.sink, 1, 0, text, sizeof text, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(status(&capture.sink, 1, 0, nullptr, 1, &size_bytes), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(status(nullptr, 1, 0, text, sizeof text, &size_bytes), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(status(&none, 1, 0, text, sizeof text, &size_bytes), PQFLOW_STATUS_INVALID_HANDLE);
  EXPECT_EQ(size_bytes, 77U) << "unchanged";
}

}  // namespace
}  // namespace pqflow::api_test
