// Finished files on their way from the writer thread to JavaScript, which asks for them.
#pragma once

#include <pqflow/pqflow.h>

#include <mutex>
#include <string>
#include <vector>

namespace pqflow::node {

struct FedFile {
  std::string path;
  pqflow_finished_file file;  // Its path is the one above.
};

// Any thread. Keeps nothing before somebody listens; then as much as files are finished between two looks of JavaScript: each of them has
// cost the disk more than its entry here.
class FileFeed {
 public:
  // pqflow_file_callback; `feed` is a FileFeed. A file that there is no memory for is not told.
  static void push(void* feed, const pqflow_finished_file* file) noexcept;

  void listen();
  // Those since the last call, in their order.
  std::vector<FedFile> take();

 private:
  std::mutex mutex_;
  bool is_heard_ = false;
  std::vector<FedFile> files_;
};

}  // namespace pqflow::node
