// One damage to the sample file, and what the verifier must say of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "verify/rules.hpp"
#include "verify/sample_file.hpp"

namespace pqflow::verify_test {

using Damaging = std::function<void(FileSpec&)>;
using Editing = std::function<void(Node&)>;
using Place = std::function<uint64_t(const BuiltFile&)>;

struct Mutation {
  verify::Rule rule;    // The only one that may find it.
  std::string damage;   // In words.
  std::string column;   // As the finding names it.
  Place place;          // The finding's offset.
  std::string message;  // Part of it.
  Damaging apply;
  std::string expected_schema = {};  // A resolved schema; empty: the file is verified without one.
};

// By part of the file.
std::vector<Mutation> file_mutations();
std::vector<Mutation> schema_mutations();
std::vector<Mutation> row_group_mutations();
std::vector<Mutation> chunk_mutations();
std::vector<Mutation> page_mutations();
std::vector<Mutation> value_mutations();
std::vector<Mutation> statistics_mutations();
std::vector<Mutation> index_mutations();
std::vector<Mutation> expected_schema_mutations();
std::vector<Mutation> all_mutations();

// The sample's resolved schema.
std::string sample_resolved_schema();

// Offsets.
Place at_start();
Place one_after(const Place& place);  // Where a reader that took one byte too many stands.
Place at_end(uint64_t before_end_bytes);
Place at_footer();
Place at_chunk(size_t column);
Place at_page(size_t column, size_t page);
Place at_column_index(size_t column);
Place at_offset_index(size_t column);
Place at_bloom(size_t column);

// Damages to one structure.
Damaging in_footer(const Editing& edit);
Damaging in_group(const Editing& edit);
Damaging in_chunk(size_t column, const Editing& edit);     // ColumnChunk
Damaging in_metadata(size_t column, const Editing& edit);  // ColumnMetaData
Damaging in_statistics(size_t column, const Editing& edit);
Damaging in_sizes(size_t column, const Editing& edit);
Damaging in_page_header(size_t column, size_t page, const Editing& edit);
Damaging in_column_index(size_t column, const Editing& edit);
Damaging in_offset_index(size_t column, const Editing& edit);
Damaging in_bloom_header(size_t column, const Editing& edit);
Damaging in_element(size_t element, const Editing& edit);  // SchemaElement
Damaging in_page(size_t column, size_t page, const std::function<void(PageSpec&)>& edit);

}  // namespace pqflow::verify_test
