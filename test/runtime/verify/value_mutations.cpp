// Damages to single values.
#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

// The second page of tags with another value, its bounds wide enough.
Damaging tag_is(const ByteVector& value) {
  return in_page(kTags, 1, [=](PageSpec& page) {
    page.values = plain_text({std::string(value.begin(), value.end())});
    page.byte_array_bytes = static_cast<int64_t>(value.size());
  });
}

}  // namespace

std::vector<Mutation> value_mutations() {
  return {
      {Rule::kUtf8, "a byte that begins nothing", "tags.list.element", at_page(kTags, 1), "value 0 of the page is not UTF-8",
       [](FileSpec& file) {
         tag_is({'y', 0xff})(file);
         file.columns[kTags].pages[1].min = bytes_of("y");
         in_statistics(kTags, [](Node& statistics) { statistics.set(7, boolean(false)); })(file);
       }},
      {Rule::kValueRange, "an INTEGER(8) of 200", "level", at_page(kLevel, 0), "value 2 of the page is 200, outside -128 … 127",
       [](FileSpec& file) {
         PageSpec& page = file.columns[kLevel].pages[0];
         page.encoding = 0;
         page.values = plain_i32({5, -3, 200, 0});
         page.max = plain_i32({200});
         file.columns[kLevel].statistics.set(5, binary(page.max));
       }},
  };
}

}  // namespace pqflow::verify_test
