// A temporary folder for captures, and what lies in it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sink/parquet_probe.hpp"

namespace pqflow::sink::test {

class CaptureFolder {
 public:
  CaptureFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pqflow-capture-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  ~CaptureFolder() { std::filesystem::remove_all(path_); }
  CaptureFolder(const CaptureFolder&) = delete;
  CaptureFolder& operator=(const CaptureFolder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& root() const { return path_; }

  // Names of all entries, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      found.push_back(entry.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  std::vector<std::string> final_names() const {
    std::vector<std::string> all = names();
    std::erase_if(all, [](const std::string& name) { return name.ends_with(".inprogress") || name.starts_with("."); });
    return all;
  }
  // The path of the only file in progress.
  std::string path_in_progress() const {
    std::vector<std::string> all = names();
    std::erase_if(all, [](const std::string& name) { return !name.ends_with(".inprogress"); });
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? "" : path(all.front());
  }
  // Each finished file, opened and checked.
  std::vector<ProbedFile> files() const {
    std::vector<ProbedFile> probed;
    for (const std::string& name : final_names()) {
      probed.push_back(probe(path(name)));
    }
    return probed;
  }
  // The first column of all finished files, one after the other.
  std::vector<uint64_t> first_column() const {
    std::vector<uint64_t> values;
    for (const ProbedFile& file : files()) {
      values.insert(values.end(), file.first_column.begin(), file.first_column.end());
    }
    return values;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace pqflow::sink::test
