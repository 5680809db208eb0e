#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <vector>

#include "io/failing_system.hpp"
#include "io/output_file.hpp"
#include "io/temporary_folder.hpp"

namespace pqflow::io {
namespace {

using Names = std::vector<std::string>;

Bytes bytes_of(const std::string& text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

class ClassicLayout : public ::testing::Test {
 protected:
  ClassicLayout() : file_(make_classic_layout(system_.calls())) {
    target_.final_path = folder_.file("x.parquet");
    target_.in_progress_path = folder_.file(".x.parquet.inprogress");
  }

  void begin() {
    const base::Result result = file_->begin(target_);
    ASSERT_TRUE(result.is_ok()) << result.message;
  }
  base::Result append(const std::vector<std::string>& texts) {
    std::vector<Bytes> pieces;
    for (const std::string& text : texts) {
      pieces.push_back(bytes_of(text));
    }
    return file_->append_row_group(pieces);
  }
  base::Result finish() { return file_->finish(bytes_of("FOOTER")); }

  test::TemporaryFolder folder_;
  test::FailingSystem system_;
  FileTarget target_;
  std::unique_ptr<OutputFile> file_;
};

TEST_F(ClassicLayout, puts_the_magic_first_the_footer_last_and_renames_when_complete) {
  begin();
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
  EXPECT_EQ(file_->offset_bytes(), 4U);
  EXPECT_TRUE(append({"one", "two"}).is_ok());
  EXPECT_EQ(file_->offset_bytes(), 10U);
  EXPECT_TRUE(append({"three"}).is_ok());
  EXPECT_TRUE(file_->publish(bytes_of("ignored")).is_ok());
  EXPECT_TRUE(file_->is_open());
  EXPECT_TRUE(finish().is_ok());
  EXPECT_FALSE(file_->is_open());
  EXPECT_EQ(file_->final_path(), target_.final_path);
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1onetwothreeFOOTER");
}

TEST_F(ClassicLayout, syncs_before_it_renames) {
  begin();
  EXPECT_TRUE(append({"one"}).is_ok());
  system_.fail("fdatasync", EIO);
  EXPECT_FALSE(finish().is_ok());
  EXPECT_EQ(system_.count("rename"), 0U);
}

TEST_F(ClassicLayout, syncs_the_folder_after_the_rename) {
  begin();
  EXPECT_TRUE(append({"one"}).is_ok());
  system_.fail("rename", EACCES);
  EXPECT_FALSE(finish().is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 0U);
  system_.fail("sync_directory", EINTR);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(system_.count("sync_directory"), 2U) << "an interrupted one again";
}

TEST_F(ClassicLayout, is_complete_with_an_error_when_its_folder_cannot_be_synced) {
  begin();
  EXPECT_TRUE(append({"one"}).is_ok());
  system_.fail("sync_directory", EIO);
  const base::Result result = finish();
  EXPECT_EQ(result.os_error, EIO);
  EXPECT_NE(result.message.find("a power cut may take " + target_.final_path + " away"), std::string::npos) << result.message;
  EXPECT_FALSE(file_->is_open());
  EXPECT_EQ(file_->final_path(), target_.final_path);
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1oneFOOTER");
}

TEST_F(ClassicLayout, makes_files_that_others_cannot_read) {
  begin();
  struct stat status = {};
  ASSERT_EQ(stat(target_.in_progress_path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0137U, 0U);
}

TEST_F(ClassicLayout, writes_one_file_after_the_other) {
  for (const std::string name : {"a", "b"}) {
    target_.final_path = folder_.file(name);
    target_.in_progress_path = folder_.file("." + name + ".inprogress");
    begin();
    EXPECT_TRUE(append({name}).is_ok());
    EXPECT_TRUE(finish().is_ok());
    EXPECT_EQ(folder_.read(name), "PAR1" + name + "FOOTER");
  }
}

TEST_F(ClassicLayout, writes_a_thousand_pieces_with_a_call_and_leaves_empty_ones_out) {
  begin();
  const size_t writes_before = system_.count("pwritev");
  std::vector<std::string> pieces(1000, std::string(100, 'a'));
  pieces.push_back(std::string(3'000'000, 'b'));
  pieces.push_back("");
  pieces.insert(pieces.end(), 2000, std::string(100, 'c'));
  EXPECT_TRUE(append(pieces).is_ok());
  EXPECT_EQ(system_.count("pwritev") - writes_before, 3U);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"),
            "PAR1" + std::string(100'000, 'a') + std::string(3'000'000, 'b') + std::string(200'000, 'c') + "FOOTER");
}

TEST_F(ClassicLayout, goes_on_after_interrupted_and_short_calls) {
  system_.fail("open", EINTR);
  begin();
  system_.limit_writes(3);
  system_.fail("pwritev", EINTR);
  system_.fail("pwritev", EINTR, 2);
  EXPECT_TRUE(append({"one", "two", "three"}).is_ok());
  system_.fail("fdatasync", EINTR);
  system_.fail("close", EINTR);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1onetwothreeFOOTER");
}

TEST_F(ClassicLayout, answers_a_write_of_nothing_with_an_error_instead_of_a_loop) {
  begin();
  system_.write_nothing(true);
  EXPECT_EQ(append({"one"}).os_error, EIO);
}

TEST_F(ClassicLayout, calls_a_full_disk_a_lack_of_space_and_other_failures_IO_errors) {
  begin();
  for (const int os_error : {ENOSPC, EDQUOT, EFBIG}) {
    system_.fail("pwritev", os_error);
    const base::Result result = append({"one"});
    EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE);
    EXPECT_EQ(result.os_error, os_error);
    EXPECT_NE(result.message.find(target_.in_progress_path), std::string::npos) << result.message;
  }
  system_.fail("pwritev", EIO);
  EXPECT_EQ(append({"one"}).status, PQFLOW_STATUS_IO_ERROR);
}

TEST_F(ClassicLayout, repeats_a_failed_row_group_at_the_same_offset) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  const std::vector<std::string> pieces = {std::string(700'000, 'a'), std::string(700'000, 'b'), "c"};
  system_.limit_writes(700'000);
  system_.fail("pwritev", ENOSPC, 1);
  EXPECT_FALSE(append(pieces).is_ok());
  EXPECT_EQ(file_->offset_bytes(), 9U) << "nothing of it counts";
  EXPECT_TRUE(append(pieces).is_ok());
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1first" + pieces[0] + pieces[1] + "cFOOTER");
}

TEST_F(ClassicLayout, cuts_what_a_failed_write_left_behind_the_footer) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  system_.limit_writes(700'000);
  system_.fail("pwritev", ENOSPC, 1);
  EXPECT_FALSE(append({std::string(700'000, 'a'), std::string(700'000, 'b')}).is_ok());
  system_.fail("ftruncate", EIO);
  EXPECT_EQ(finish().os_error, EIO);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1firstFOOTER");
}

TEST_F(ClassicLayout, does_not_truncate_a_file_that_ends_where_it_should) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(system_.count("ftruncate"), 0U);
}

TEST_F(ClassicLayout, repeats_a_failed_finish_from_where_it_failed) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  system_.fail("pwritev", ENOSPC);
  EXPECT_EQ(finish().status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
  system_.fail("close", EIO);
  EXPECT_EQ(finish().os_error, EIO) << "an error of close is reported";
  EXPECT_TRUE(file_->is_open());
  system_.fail("rename", EACCES);
  EXPECT_EQ(finish().os_error, EACCES);
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(system_.count("fdatasync"), 1U);
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1firstFOOTER");
}

TEST_F(ClassicLayout, never_calls_a_file_durable_after_a_failed_sync) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  system_.fail("fdatasync", EIO);
  const base::Result first = finish();
  EXPECT_EQ(first.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_NE(first.message.find("suspect"), std::string::npos) << first.message;
  const base::Result second = finish();
  EXPECT_EQ(second.message, first.message);
  EXPECT_EQ(system_.count("fdatasync"), 1U);
  file_->abandon();
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
}

TEST_F(ClassicLayout, reports_a_failed_sync_as_an_IO_error_even_for_lack_of_space) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  system_.fail("fdatasync", ENOSPC);
  const base::Result result = finish();
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR) << "it cannot be repeated";
  EXPECT_EQ(result.os_error, ENOSPC);
}

TEST_F(ClassicLayout, takes_no_row_group_once_the_footer_is_written) {
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  system_.fail("rename", EACCES);
  EXPECT_FALSE(finish().is_ok());
  EXPECT_EQ(append({"second"}).status, PQFLOW_STATUS_INTERNAL_ERROR);
}

TEST_F(ClassicLayout, answers_calls_without_an_open_file) {
  EXPECT_EQ(append({"x"}).status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(finish().status, PQFLOW_STATUS_INTERNAL_ERROR);
  file_->abandon();
  begin();
  EXPECT_EQ(file_->begin(target_).status, PQFLOW_STATUS_INTERNAL_ERROR);
}

TEST_F(ClassicLayout, leaves_no_file_when_it_cannot_begin) {
  system_.fail("pwritev", ENOSPC);
  EXPECT_EQ(file_->begin(target_).status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_FALSE(file_->is_open());
  EXPECT_EQ(folder_.names(), Names{});
  begin();
}

TEST_F(ClassicLayout, names_the_file_it_cannot_create_and_what_to_do) {
  const std::pair<int, const char*> cases[] = {
      {EACCES, "the folder must be writable"}, {EROFS, "writable file system"}, {ENOSPC, "free space"}, {EDQUOT, "quota"}};
  for (const auto& [os_error, advice] : cases) {
    system_.fail("open", os_error);
    const base::Result result = file_->begin(target_);
    EXPECT_EQ(result.os_error, os_error);
    EXPECT_NE(result.message.find("cannot create " + target_.in_progress_path), std::string::npos) << result.message;
    EXPECT_NE(result.message.find(advice), std::string::npos) << result.message;
    EXPECT_FALSE(file_->is_open());
  }
  EXPECT_EQ(folder_.names(), Names{});
}

TEST_F(ClassicLayout, checks_the_target_before_it_creates_anything) {
  folder_.write("x.parquet", "old");
  EXPECT_EQ(file_->begin(target_).status, PQFLOW_STATUS_FILE_EXISTS);
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
}

TEST_F(ClassicLayout, neither_destroys_nor_stumbles_over_what_a_killed_process_left) {
  folder_.write(".x.parquet.inprogress", "orphan");
  folder_.write(".x.parquet.inprogress.1", "orphan too");
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  EXPECT_EQ(folder_.read(".x.parquet.inprogress.2"), "PAR1first");
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress", ".x.parquet.inprogress.1", "x.parquet"}));
  EXPECT_EQ(folder_.read(".x.parquet.inprogress"), "orphan");
}

TEST_F(ClassicLayout, does_not_follow_a_link_at_the_name_in_progress) {
  folder_.write("victim", "precious");
  std::filesystem::create_symlink(folder_.file("victim"), target_.in_progress_path);
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.read("victim"), "precious");
}

TEST_F(ClassicLayout, takes_a_suffix_when_the_name_is_taken_meanwhile) {
  for (const pqflow_if_exists if_exists : {PQFLOW_IF_EXISTS_FAIL, PQFLOW_IF_EXISTS_SUFFIX}) {
    std::filesystem::remove(folder_.file("x.parquet"));
    std::filesystem::remove(folder_.file("x.1.parquet"));
    target_.if_exists = if_exists;
    begin();
    EXPECT_TRUE(append({"first"}).is_ok());
    folder_.write("x.parquet", "other");
    EXPECT_TRUE(finish().is_ok());
    EXPECT_EQ(file_->final_path(), folder_.file("x.1.parquet"));
    EXPECT_EQ(folder_.read("x.parquet"), "other");
    EXPECT_EQ(folder_.read("x.1.parquet"), "PAR1firstFOOTER");
  }
}

TEST_F(ClassicLayout, counts_suffixes_from_the_name_that_was_asked_for) {
  folder_.write("x.parquet", "other");
  target_.if_exists = PQFLOW_IF_EXISTS_SUFFIX;
  begin();
  folder_.write("x.1.parquet", "meanwhile");
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(file_->final_path(), folder_.file("x.2.parquet"));
}

TEST_F(ClassicLayout, replaces_the_old_file_only_when_the_new_one_is_complete) {
  folder_.write("x.parquet", "old");
  target_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  EXPECT_EQ(folder_.read("x.parquet"), "old");
  EXPECT_TRUE(finish().is_ok());
  EXPECT_EQ(folder_.names(), (Names{"x.parquet"}));
  EXPECT_EQ(folder_.read("x.parquet"), "PAR1firstFOOTER");
}

TEST_F(ClassicLayout, removes_an_abandoned_file_without_row_groups_and_keeps_one_with) {
  begin();
  file_->abandon();
  EXPECT_EQ(folder_.names(), Names{});
  begin();
  EXPECT_TRUE(append({"first"}).is_ok());
  file_->abandon();
  EXPECT_FALSE(file_->is_open());
  EXPECT_EQ(folder_.names(), (Names{".x.parquet.inprogress"}));
}

TEST_F(ClassicLayout, abandons_its_file_when_it_is_destroyed) {
  begin();
  file_.reset();
  EXPECT_EQ(folder_.names(), Names{});
  EXPECT_EQ(system_.count("close"), 1U);
}

}  // namespace
}  // namespace pqflow::io
