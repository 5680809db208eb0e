#include "live/power_cut_disk.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <utility>

namespace pqflow::test {
namespace {

bool survives(Survivors survivors, size_t index, size_t count, std::mt19937& random) {
  const bool is_last = index + 1 == count;
  switch (survivors) {
    case Survivors::kNone:
      return false;
    case Survivors::kAll:
    case Survivors::kLastTorn:
      return true;
    case Survivors::kAllButLast:
      return !is_last;
    case Survivors::kOnlyLast:
      return is_last;
    case Survivors::kEveryOther:
      return index % 2 == 0;
    case Survivors::kAllButFirst:
      return index != 0;
    case Survivors::kSomeAtRandom:
      return random() % 2 == 0;
  }
  return true;
}

}  // namespace

void PowerCutDisk::change(std::vector<uint8_t>& contents, const Change& change, size_t byte_count) {
  if (change.sets_length) {
    contents.resize(change.length_bytes);
    return;
  }
  const size_t size_bytes = std::min(byte_count, change.bytes.size());
  contents.resize(std::max<size_t>(contents.size(), change.offset_bytes + size_bytes));
  std::memcpy(contents.data() + change.offset_bytes, change.bytes.data(), size_bytes);
}

void PowerCutDisk::change(Names& names, const NameChange& change) {
  switch (change.action) {
    case Action::kCreate:
      names[change.path] = change.file;
      break;
    case Action::kRename:
      names.erase(change.path);
      names[change.other_path] = change.file;
      break;
    default:
      names.erase(change.path);
  }
}

void PowerCutDisk::change_file(size_t file, Change what) {
  change(files_[file].cached, what);
  files_[file].unsynced.push_back(std::move(what));
}

void PowerCutDisk::change_names(NameChange what) {
  change(names_, what);
  name_changes_.push_back(std::move(what));
}

void PowerCutDisk::apply(const RecordedCall& call) {
  switch (call.action) {
    case Action::kCreate:
      change_names({call.action, call.path, {}, files_.size()});
      files_.emplace_back();
      break;
    case Action::kWrite:
      change_file(names_.at(call.path), {call.offset_bytes, call.bytes, false, 0});
      break;
    case Action::kLength:
      change_file(names_.at(call.path), {0, {}, true, call.size_bytes});
      break;
    case Action::kCopy: {
      const uint8_t* const first = files_[names_.at(call.path)].cached.data() + call.offset_bytes;
      change_file(names_.at(call.other_path), {call.offset_bytes, {first, first + call.size_bytes}, false, 0});
      break;
    }
    case Action::kRename:
    case Action::kUnlink:
      change_names({call.action, call.path, call.other_path, names_.at(call.path)});
      break;
    case Action::kSync: {
      File& file = files_[names_.at(call.path)];
      file.synced = file.cached;
      file.unsynced.clear();
      break;
    }
    case Action::kSyncFolder:
      synced_names_ = names_;
      name_changes_.clear();
      break;
  }
}

std::map<std::string, size_t> PowerCutDisk::names(size_t name_changes) const {
  Names names = synced_names_;
  for (size_t index = 0; index < name_changes; ++index) {
    change(names, name_changes_[index]);
  }
  return names;
}

std::map<std::string, size_t> PowerCutDisk::final_names(size_t name_changes) const {
  Names names = this->names(name_changes);
  std::erase_if(names, [](const auto& name) { return !name.first.ends_with(".parquet"); });
  return names;
}

std::vector<uint8_t> PowerCutDisk::contents(size_t file, Survivors survivors, uint32_t seed) const {
  const File& of = files_[file];
  std::mt19937 random(seed);
  std::vector<uint8_t> contents = of.synced;
  for (size_t index = 0; index < of.unsynced.size(); ++index) {
    if (survives(survivors, index, of.unsynced.size(), random)) {
      const bool is_torn = survivors == Survivors::kLastTorn && index + 1 == of.unsynced.size();
      change(contents, of.unsynced[index], is_torn ? of.unsynced[index].bytes.size() / 2 : SIZE_MAX);
    }
  }
  return contents;
}

}  // namespace pqflow::test
