#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "io/failing_system.hpp"
#include "io/output_file.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

using Names = std::vector<std::string>;

constexpr uint64_t kCapacityBytes = 8192;

Bytes bytes_of(const std::string& text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

class LiveLayout : public ::testing::Test {
 protected:
  LiveLayout() : file_(make_live_layout(system_.calls())) {
    target_.final_path = folder_.file("x.parquet");
    target_.in_progress_path = folder_.file(".x.parquet.inprogress");
  }

  base::Result try_begin() {
    target_.capacity_bytes = kCapacityBytes - 100;
    target_.first_metadata = bytes_of(first_metadata_);
    return file_->begin(target_);
  }
  void begin() {
    const base::Result result = try_begin();
    ASSERT_TRUE(result.is_ok()) << result.message;
  }
  base::Result append(const std::string& text) {
    const Bytes piece = bytes_of(text);
    return file_->append_row_group({&piece, 1});
  }
  base::Result finish() { return file_->finish(bytes_of("FOOTER")); }
  std::string in_progress() const { return folder_.read(".x.parquet.inprogress"); }
  // What a reader takes for the footer.
  std::string footer() const {
    const std::string contents = in_progress();
    EXPECT_EQ(contents.substr(0, 4), "PAR1");
    EXPECT_EQ(contents.substr(contents.size() - 4), "PAR1");
    uint32_t size_bytes = 0;
    std::memcpy(&size_bytes, contents.data() + contents.size() - 8, sizeof size_bytes);
    return contents.substr(contents.size() - 8 - size_bytes, size_bytes);
  }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  const std::string first_metadata_ = "zero";
  const std::string interim_ = "interim";
  FileTarget target_;
  std::unique_ptr<OutputFile> file_;
};

TEST_F(LiveLayout, has_its_length_and_a_footer_when_it_gets_its_name_in_progress) {
  begin();
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
  EXPECT_EQ(in_progress().size(), kCapacityBytes) << "whole pages of 4 KiB";
  EXPECT_EQ(footer(), "zero");
  EXPECT_TRUE(file_->is_preallocated());
  EXPECT_EQ(file_->offset_bytes(), 4U);
}

TEST_F(LiveLayout, takes_the_disk_space_at_once) {
  begin();
  struct stat status = {};
  ASSERT_EQ(stat(target_.in_progress_path.c_str(), &status), 0);
  EXPECT_GE(static_cast<uint64_t>(status.st_blocks) * 512, kCapacityBytes);
  EXPECT_EQ(status.st_mode & 0137U, 0U) << "others cannot read it";
}

TEST_F(LiveLayout, shows_what_was_published_not_before_it_is_told_to) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  EXPECT_TRUE(file_->publish(bytes_of("first+")).is_ok());
  EXPECT_EQ(footer(), "zero");
  EXPECT_TRUE(file_->show().is_ok());
  EXPECT_EQ(footer(), "first+zero");
  EXPECT_TRUE(append("two").is_ok());
  EXPECT_TRUE(file_->publish(bytes_of("second+")).is_ok());
  EXPECT_EQ(footer(), "first+zero");
  EXPECT_TRUE(file_->show().is_ok());
  EXPECT_EQ(footer(), "second+first+zero");
  EXPECT_EQ(in_progress().substr(0, 10), "PAR1onetwo");
}

TEST_F(LiveLayout, is_the_same_as_a_classic_file_when_it_is_finished) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  EXPECT_TRUE(file_->publish(bytes_of("first+")).is_ok());
  EXPECT_TRUE(finish().is_ok());
  EXPECT_FALSE(file_->is_open());
  EXPECT_EQ(file_->final_path(), target_.final_path);
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1oneFOOTER");
  EXPECT_EQ(system_.count("cut_unseen"), 1U);
  EXPECT_EQ(system_.count("copy_range"), 0U);
  EXPECT_EQ(system_.count("sync_directory"), 1U);
}

TEST_F(LiveLayout, is_copied_when_somebody_has_it_open_who_goes_on_reading_the_old_one) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  const int reader = open(target_.in_progress_path.c_str(), O_RDONLY);
  const void* const mapped = mmap(nullptr, kCapacityBytes, PROT_READ, MAP_SHARED, reader, 0);
  close(reader);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1oneFOOTER");
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(system_.count("copy_range"), 1U);
  const auto* const bytes = static_cast<const char*>(mapped);
  EXPECT_EQ(std::string(bytes + kCapacityBytes - 4, 4), "PAR1") << "of the old file; a cut would have been a SIGBUS";
  munmap(const_cast<void*>(mapped), kCapacityBytes);
}

TEST_F(LiveLayout, is_copied_when_its_footer_has_no_room) {
  begin();
  const std::string data(kCapacityBytes - 40, 'd');
  EXPECT_TRUE(append(data).is_ok());
  const std::string footer(100, 'f');
  EXPECT_TRUE(file_->finish(bytes_of(footer)).is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1" + data + footer);
}

TEST_F(LiveLayout, has_room_until_data_and_metadata_meet) {
  begin();
  const uint64_t room_bytes = kCapacityBytes - 4 - 4 - 8;
  EXPECT_TRUE(file_->has_room(room_bytes));
  EXPECT_FALSE(file_->has_room(room_bytes + 1));
  EXPECT_TRUE(append(std::string(1000, 'd')).is_ok());
  EXPECT_TRUE(file_->publish(bytes_of(std::string(200, 'm'))).is_ok());
  EXPECT_TRUE(file_->has_room(room_bytes - 1200));
  EXPECT_FALSE(file_->has_room(room_bytes - 1199));
  EXPECT_EQ(append(std::string(room_bytes, 'd')).status, PQFLOW_STATUS_INTERNAL_ERROR) << "published bytes are never overwritten";
  EXPECT_EQ(file_->publish(bytes_of(std::string(room_bytes, 'm'))).status, PQFLOW_STATUS_INTERNAL_ERROR);
}

TEST_F(LiveLayout, puts_interim_row_groups_below_the_room_of_metadata_and_ends_without_them) {
  begin();
  ASSERT_TRUE(append("rows").is_ok());
  const Bytes interim = bytes_of(interim_);
  const uint64_t first = file_->interim_place(interim.size(), 0, 1000);
  EXPECT_EQ(first, (kCapacityBytes - 8 - 1000 - 7) / 8 * 8);
  ASSERT_TRUE(file_->write_interim({&interim, 1}, first).is_ok());
  const uint64_t second = file_->interim_place(interim.size(), 0, 1000);
  EXPECT_EQ(second, first - 8);
  ASSERT_TRUE(file_->write_interim({&interim, 1}, second).is_ok());
  EXPECT_EQ(in_progress().substr(second, 15), std::string("interim\0interim", 15));
  EXPECT_TRUE(file_->has_room(second - 8));
  EXPECT_FALSE(file_->has_room(second - 7)) << "row groups end below them";
  EXPECT_FALSE(file_->write_interim({&interim, 1}, second + 1).is_ok()) << "nor does one lie on another";
  EXPECT_TRUE(file_->publish(bytes_of(std::string(990, 'm'))).is_ok());
  EXPECT_FALSE(file_->publish(bytes_of("metadata")).is_ok()) << "its room is used up";
  ASSERT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1rowsFOOTER");
}

TEST_F(LiveLayout, has_no_place_for_an_interim_row_group_that_would_take_the_room_of_others) {
  begin();
  EXPECT_NE(file_->interim_place(100, 7000, 1000), 0U);
  EXPECT_EQ(file_->interim_place(100, 7100, 1000), 0U);
  EXPECT_EQ(file_->interim_place(100, 0, kCapacityBytes), 0U);
  EXPECT_EQ(make_classic_layout(system_.calls())->interim_place(1, 0, 0), 0U);
  const Bytes interim = bytes_of(interim_);
  EXPECT_FALSE(make_classic_layout(system_.calls())->write_interim({&interim, 1}, 8).is_ok());
}

TEST_F(LiveLayout, keeps_an_abandoned_file_that_shows_interim_row_groups_and_removes_it_when_others_will) {
  const Bytes interim = bytes_of(interim_);
  for (const bool is_discarded : {false, true}) {
    begin();
    ASSERT_TRUE(file_->write_interim({&interim, 1}, file_->interim_place(interim.size(), 0, 1000)).is_ok());
    is_discarded ? file_->discard() : file_->abandon();
    EXPECT_EQ(folder_.names().size(), is_discarded ? 0U : 1U);
    std::filesystem::remove(target_.in_progress_path);
  }
}

TEST_F(LiveLayout, goes_without_preallocation_where_there_is_none_or_no_room_for_all_of_it) {
  for (const int os_error : {EOPNOTSUPP, ENOSYS, EINVAL, ENOSPC, EDQUOT}) {
    system_.fail("reserve", os_error);
    begin();
    EXPECT_FALSE(file_->is_preallocated());
    EXPECT_EQ(in_progress().size(), kCapacityBytes);
    file_->abandon();
  }
}

TEST_F(LiveLayout, is_refused_on_remote_file_systems_and_where_files_have_no_chosen_length) {
  system_.fail("reserve", EOPNOTSUPP);
  system_.fail("ftruncate", EINVAL);
  EXPECT_EQ(try_begin().os_error, EOPNOTSUPP);
  EXPECT_EQ(folder_.names(), Names{});
  system_.be_remote();
  EXPECT_EQ(try_begin().os_error, EOPNOTSUPP);
  EXPECT_EQ(folder_.names(), Names{}) << "nothing is left";
}

TEST_F(LiveLayout, leaves_no_file_when_it_cannot_begin_and_begins_later) {
  for (const char* const call : {"open", "pwritev", "rename"}) {
    system_.fail(call, ENOSPC);
    const base::Result result = try_begin();
    EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE) << call;
    EXPECT_NE(result.message.find("free space"), std::string::npos) << result.message;
    EXPECT_FALSE(file_->is_open());
    EXPECT_EQ(folder_.names(), Names{}) << call;
  }
  system_.fail("reserve", EOPNOTSUPP);
  system_.fail("ftruncate", EIO);
  EXPECT_EQ(try_begin().os_error, EIO);
  EXPECT_EQ(folder_.names(), Names{});
  begin();
}

TEST_F(LiveLayout, goes_on_after_interrupted_and_short_calls) {
  system_.fail("open", EINTR);
  system_.fail("reserve", EINTR);
  begin();
  system_.limit_writes(3);
  system_.fail("pwritev", EINTR);
  EXPECT_TRUE(append("one, two, three").is_ok());
  EXPECT_TRUE(file_->publish(bytes_of("first+")).is_ok());
  system_.limit_writes(0);
  EXPECT_TRUE(file_->show().is_ok());
  EXPECT_EQ(footer(), "first+zero");
  system_.fail("fdatasync", EINTR);
  system_.fail("close", EINTR);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1one, two, threeFOOTER");
}

TEST_F(LiveLayout, repeats_failed_writes_at_the_same_place_and_stays_readable) {
  begin();
  for (const int os_error : {ENOSPC, EDQUOT, EFBIG, EIO}) {
    system_.fail("pwritev", os_error);
    EXPECT_EQ(append("one").os_error, os_error);
  }
  EXPECT_TRUE(append("one").is_ok());
  system_.fail("pwritev", ENOSPC);
  EXPECT_EQ(file_->publish(bytes_of("first+")).status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_TRUE(file_->publish(bytes_of("first+")).is_ok());
  system_.fail("pwritev", EIO);
  EXPECT_EQ(file_->show().os_error, EIO);
  EXPECT_EQ(footer(), "zero");
  EXPECT_TRUE(file_->show().is_ok());
  EXPECT_EQ(footer(), "first+zero");
  EXPECT_EQ(in_progress().substr(0, 7), "PAR1one");
}

TEST_F(LiveLayout, repeats_a_failed_finish_from_where_it_failed) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  system_.fail("pwritev", ENOSPC);
  EXPECT_EQ(finish().status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(footer(), "zero") << "still readable";
  system_.fail("close", EIO);
  EXPECT_EQ(finish().os_error, EIO) << "an error of close is reported";
  system_.fail("rename", EACCES);
  EXPECT_EQ(finish().os_error, EACCES);
  system_.fail("sync_directory", EIO);
  EXPECT_EQ(finish().os_error, EIO) << "an error of the folder's sync too";
  EXPECT_FALSE(file_->is_open()) << "though the file is complete";
  EXPECT_EQ(system_.count("fdatasync"), 2U);
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1oneFOOTER");
}

TEST_F(LiveLayout, throws_a_copy_away_that_fails_and_makes_another) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  const auto fails = [&](const char* call, int os_error, size_t skip_count = 0) {
    system_.fail("cut_unseen", EAGAIN);
    system_.fail(call, os_error, skip_count);
    EXPECT_EQ(finish().os_error, os_error) << call;
    EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"})) << call;
    EXPECT_EQ(footer(), "zero") << call;
    EXPECT_FALSE(file_->is_suspect()) << call;
  };
  fails("open", ENOSPC);
  fails("copy_range", ENOSPC);
  fails("pwritev", ENOSPC, 1);
  fails("fdatasync", EIO, 1);
  system_.fail("cut_unseen", EAGAIN);
  system_.fail("copy_range", EINTR);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1oneFOOTER");
}

TEST_F(LiveLayout, never_calls_a_file_durable_after_a_failed_sync_and_leaves_it_readable) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  system_.fail("fdatasync", EIO);
  const base::Result first = finish();
  EXPECT_EQ(first.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_NE(first.message.find("suspect"), std::string::npos) << first.message;
  EXPECT_TRUE(file_->is_suspect());
  EXPECT_EQ(finish().message, first.message);
  EXPECT_EQ(system_.count("fdatasync"), 1U);
  EXPECT_EQ(footer(), "zero");
  file_->abandon();
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
}

TEST_F(LiveLayout, takes_nothing_once_its_footer_is_written) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  system_.fail("rename", EACCES);
  EXPECT_FALSE(finish().is_ok());
  EXPECT_EQ(append("two").status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(file_->publish(bytes_of("x")).status, PQFLOW_STATUS_INTERNAL_ERROR);
}

TEST_F(LiveLayout, answers_calls_without_an_open_file) {
  EXPECT_EQ(append("x").status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(finish().status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(file_->publish(bytes_of("x")).status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(file_->show().status, PQFLOW_STATUS_INTERNAL_ERROR);
  file_->abandon();
  begin();
  EXPECT_EQ(try_begin().status, PQFLOW_STATUS_INTERNAL_ERROR);
}

TEST_F(LiveLayout, neither_destroys_nor_stumbles_over_what_a_killed_process_left) {
  folder_.write(".x.parquet.inprogress", "orphan");
  folder_.write(".x.parquet.inprogress.starting", "orphan too");
  folder_.write(".x.parquet.inprogress.copy", "and this");
  begin();
  EXPECT_EQ(folder_.read(".x.parquet.inprogress.1").size(), kCapacityBytes);
  EXPECT_TRUE(append("one").is_ok());
  system_.fail("cut_unseen", EAGAIN);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress", ".x.parquet.inprogress.copy", ".x.parquet.inprogress.starting", "x.parquet"}));
  EXPECT_EQ(in_progress(), "orphan");
}

TEST_F(LiveLayout, takes_a_suffix_when_the_name_is_taken_meanwhile_and_replaces_when_told_to) {
  begin();
  EXPECT_TRUE(append("one").is_ok());
  folder_.write("x.parquet", "other");
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(file_->final_path(), folder_.file("x.1.parquet"));
  EXPECT_EQ(folder_.read("x.parquet"), "other");
  target_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  begin();
  EXPECT_TRUE(append("two").is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "other");
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1twoFOOTER");
}

TEST_F(LiveLayout, removes_an_abandoned_file_without_row_groups_and_keeps_one_with) {
  begin();
  file_->abandon();
  EXPECT_EQ(folder_.names(), Names{});
  begin();
  EXPECT_TRUE(append("one").is_ok());
  file_.reset();
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
}

}  // namespace
}  // namespace pqflow::io
