#include "sink/taken_path.hpp"

#include "io/lock_owner.hpp"

namespace pqflow::sink {

base::Result path_is_taken(const std::string& path_template, const std::string& file, uint64_t own_process_id) {
  const uint64_t owner = io::lock_owner(file);
  const std::string who = owner == 0                ? "another process writes"
                          : owner == own_process_id ? "another sink of this process writes"
                                                    : "process " + std::to_string(owner) + " writes";
  const std::string advice = owner == own_process_id ? "choose another path" : "choose another path, or put {pid} into it";
  return base::Result::failure(PQFLOW_STATUS_FILE_EXISTS,
                               "path \"" + path_template + "\" is taken: " + who + " or recovers " + file + "; " + advice);
}

}  // namespace pqflow::sink
