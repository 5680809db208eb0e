// Whom to ask when a lane is full. Not in the lane itself, which may lie in memory that others can write, and an address of this process
// means nothing in another.
#pragma once

#include <pqflow/lane.h>

#include <mutex>
#include <unordered_map>

namespace pqflow::ring {

struct FullCallback {
  pqflow_full_callback* function = nullptr;
  void* context = nullptr;
};

// Any thread; blocks for other calls only.
class FullCallbacks {
 public:
  // Of this process; never destroyed: producers may run while static objects are torn down.
  static FullCallbacks& instance();

  // Before the lane is handed to anyone; allocates.
  void add(const pqflow_lane& lane, FullCallback callback);
  // Before the lane's memory is given back.
  void remove(const pqflow_lane& lane) noexcept;
  // A null function where none was added.
  FullCallback find(const pqflow_lane& lane) noexcept;

 private:
  std::mutex mutex_;
  std::unordered_map<const pqflow_lane*, FullCallback> callbacks_;
};

}  // namespace pqflow::ring
