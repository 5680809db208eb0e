// The three records of nested.c through the generated class. argv[1]: the file to write.
#include <cmath>
#include <limits>
#include <string>

#include "book_sink.h"

namespace {

book_level level(int64_t px, uint32_t qty) {
  book_level value;
  book_level_init(&value);
  value.px = px;
  value.qty = qty;
  return value;
}

void fill_origin(book_origin* origin, bool is_whole) {
  book_origin_init(origin);
  book_origin_set_host(origin, "a host that is cut", 18);
  book_origin_set_port(origin, 80);
  const int8_t hops[] = {1, 2, 3};
  book_origin_route_set_hops(&origin->route, hops, is_whole ? 3 : 0);
  if (is_whole) {
    book_origin_add_inner(origin)->ok = 1;
  }
}

void log(md::test::BookSink& sink, int64_t stamp, bool is_whole) {
  book_level bids[] = {level(100, 7), level(99, 8)};
  book_level_set_side(&bids[0], book_side::bid);
  book_level_set_last(&bids[1], 98);
  book_origin origin;
  fill_origin(&origin, is_whole);
  book_tags_element tags[2];
  book_tags_element_set_value(&tags[0], "one", 3);
  book_tags_element_set_value(&tags[1], "", 0);
  book_counts_element counts[2];
  book_counts_element_init(&counts[0]);
  book_counts_element_set_value(&counts[0], 5);
  book_counts_element_init(&counts[1]);
  const double ratios[] = {0.5, NAN};
  book_attributes_entry attributes[2];
  book_attributes_entry_init(&attributes[0]);
  book_attributes_entry_set_key(&attributes[0], "k1", 2);
  book_attributes_entry_set_value(&attributes[0], -1);
  book_attributes_entry_init(&attributes[1]);
  book_attributes_entry_set_key(&attributes[1], "k2", 2);
  book_named_entry named;
  named.key = book_side::ask;
  named.value = level(1, 7);
  const book_venue venue = {3};
  sink.log_fields(stamp, bids, 2, &bids[1], is_whole ? 1 : 0, &bids[0], &origin, tags, 2, counts, 2, ratios, 2, attributes, 2,
                  is_whole ? &named : nullptr, 1, &venue);
}

}  // namespace

int main(int, char** arguments) {
  pqflow_options options = md::test::BookSink::default_options();
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  md::test::BookSink sink(std::string(arguments[1]), options);
  log(sink, 1, true);
  book_record* const slot = sink.reserve();
  slot->stamp = 2;
  slot->best.px = 5;
  slot->best.qty = 6;
  slot->venue.lot = 9;
  sink.commit();
  log(sink, 3, false);
  sink.close();
  return sink.stats().accepted_records == 3 ? 0 : 1;
}
