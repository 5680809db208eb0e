#include "verify/mutation.hpp"

#include <iterator>

namespace pqflow::verify_test {

std::vector<Mutation> all_mutations() {
  std::vector<Mutation> all;
  for (const auto part : {file_mutations, schema_mutations, row_group_mutations, chunk_mutations, page_mutations, value_mutations,
                          statistics_mutations, index_mutations, expected_schema_mutations}) {
    std::vector<Mutation> mutations = part();
    std::move(mutations.begin(), mutations.end(), std::back_inserter(all));
  }
  return all;
}

Place at_start() {
  return [](const BuiltFile&) { return uint64_t{0}; };
}
Place one_after(const Place& place) {
  return [=](const BuiltFile& file) { return place(file) + 1; };
}
Place at_end(uint64_t before_end_bytes) {
  return [=](const BuiltFile& file) { return file.bytes.size() - before_end_bytes; };
}
Place at_footer() {
  return [](const BuiltFile& file) { return file.footer_offset; };
}
Place at_chunk(size_t column) { return at_page(column, 0); }
Place at_page(size_t column, size_t page) {
  return [=](const BuiltFile& file) { return file.columns.at(column).page_offsets.at(page); };
}
Place at_column_index(size_t column) {
  return [=](const BuiltFile& file) { return file.columns.at(column).column_index_offset; };
}
Place at_offset_index(size_t column) {
  return [=](const BuiltFile& file) { return file.columns.at(column).offset_index_offset; };
}
Place at_bloom(size_t column) {
  return [=](const BuiltFile& file) { return file.columns.at(column).bloom_offset.value(); };
}

Damaging in_footer(const Editing& edit) {
  return [=](FileSpec& file) { file.on_footer = edit; };
}
Damaging in_group(const Editing& edit) {
  return in_footer([=](Node& footer) { edit(group_of(footer)); });
}
Damaging in_chunk(size_t column, const Editing& edit) {
  return in_footer([=](Node& footer) { edit(chunk_of(footer, column)); });
}
Damaging in_metadata(size_t column, const Editing& edit) {
  return in_footer([=](Node& footer) { edit(metadata_of(footer, column)); });
}
Damaging in_statistics(size_t column, const Editing& edit) {
  return in_metadata(column, [=](Node& metadata) { edit(metadata.at(12)); });
}
Damaging in_sizes(size_t column, const Editing& edit) {
  return in_metadata(column, [=](Node& metadata) { edit(metadata.at(16)); });
}
Damaging in_page_header(size_t column, size_t page, const Editing& edit) {
  return [=](FileSpec& file) {
    file.on_page_header = [=](size_t this_column, size_t this_page, Node& header) {
      if (this_column == column && this_page == page) {
        edit(header);
      }
    };
  };
}

namespace {

// A hook for one column's structure.
std::function<void(size_t, Node&)> only(size_t column, const Editing& edit) {
  return [=](size_t this_column, Node& node) {
    if (this_column == column) {
      edit(node);
    }
  };
}

}  // namespace

Damaging in_column_index(size_t column, const Editing& edit) {
  return [=](FileSpec& file) { file.on_column_index = only(column, edit); };
}
Damaging in_offset_index(size_t column, const Editing& edit) {
  return [=](FileSpec& file) { file.on_offset_index = only(column, edit); };
}
Damaging in_bloom_header(size_t column, const Editing& edit) {
  return [=](FileSpec& file) { file.on_bloom_header = only(column, edit); };
}
Damaging in_element(size_t element, const Editing& edit) {
  return [=](FileSpec& file) { edit(file.schema.at(element)); };
}
Damaging in_page(size_t column, size_t page, const std::function<void(PageSpec&)>& edit) {
  return [=](FileSpec& file) { edit(file.columns.at(column).pages.at(page)); };
}

}  // namespace pqflow::verify_test
