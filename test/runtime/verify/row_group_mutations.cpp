// Damages to the row group.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {

using verify::Rule;

std::vector<Mutation> row_group_mutations() {
  return {
      {Rule::kRowGroupColumns, "a chunk too few", "", at_footer(), "the number of column chunks is 7, not 8",
       in_group([](Node& group) { group.at(1).items.pop_back(); })},
      {Rule::kRowGroupRows, "num_rows of one more", "id", at_chunk(kId), "the number of rows is 4, not 5", in_footer([](Node& footer) {
         footer.set(3, i64(5));
         group_of(footer).set(3, i64(5));
       })},
      {Rule::kRowGroupSize, "a wrong total_byte_size", "", at_footer(), "row group 0: total_byte_size is 1",
       in_group([](Node& group) { group.set(2, i64(1)); })},
      {Rule::kRowGroupSize, "a wrong total_compressed_size", "", at_footer(), "row group 0: total_compressed_size is 1",
       in_group([](Node& group) { group.set(6, i64(1)); })},
      {Rule::kRowGroupOffset, "a file_offset elsewhere", "", at_footer(), "file_offset is 5, its first page is at 4",
       in_group([](Node& group) { group.set(5, i64(5)); })},
      {Rule::kRowGroupOrdinal, "ordinal of another", "", at_footer(), "ordinal is 1", in_group([](Node& group) { group.set(7, i16(1)); })},
      {Rule::kSorting, "rows that ascend, said to descend", "", at_footer(), "row 1 of the row group comes before row 0",
       [](FileSpec& file) { file.sorting[0].set(2, boolean(true)); }},
      {Rule::kSorting, "nulls that are not first", "", at_footer(), "row 3 of the row group comes before row 2",
       [](FileSpec& file) {
         file.sorting[0] = structure({{1, i32(kPrice)}, {2, boolean(false)}, {3, boolean(true)}});
       }},
      {Rule::kSorting, "a sorting column that is none", "", at_footer(), "sorting_columns names column 8",
       [](FileSpec& file) { file.sorting[0].set(1, i32(8)); }},
  };
}

}  // namespace pqflow::verify_test
