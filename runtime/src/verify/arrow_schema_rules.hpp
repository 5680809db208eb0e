// The Arrow schema that a file may carry as text under `ARROW:schema`: readers that go by it refuse a file whose columns are others.
#pragma once

#include "verify/schema_tree.hpp"

namespace pqflow::verify {

// `place`: offset that findings name. The schema's names are compared with the file's, its types are not.
void check_arrow_schema(const FileMetadata& file, const std::vector<Leaf>& leaves, uint64_t place, const Reporter& reporter);

}  // namespace pqflow::verify
