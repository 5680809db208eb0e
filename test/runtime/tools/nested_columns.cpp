#include "tools/nested_columns.hpp"

namespace pqflow::test {
namespace {

Node of(const std::string& name, uint8_t storage, uint32_t width_bytes = 0) { return leaf(name, make_field("", storage, width_bytes)); }
Node int32(const std::string& name = "") { return of(name, PQFLOW_STORAGE_INT32); }
Node int64(const std::string& name = "") { return of(name, PQFLOW_STORAGE_INT64); }
Node real(const std::string& name = "") { return of(name, PQFLOW_STORAGE_DOUBLE); }
Node text(const std::string& name = "") { return of(name, PQFLOW_STORAGE_COUNTED_8, 12); }
Node symbol(const std::string& name = "") { return of(name, PQFLOW_STORAGE_PADDED_TEXT, 6); }
Node boolean(const std::string& name = "") { return of(name, PQFLOW_STORAGE_BOOL); }
Node bytes(const std::string& name = "") { return of(name, PQFLOW_STORAGE_FIXED_BYTES, 5); }

Node by_sentinel(const std::string& name = "") {
  return leaf(name, optional_field(make_field("", PQFLOW_STORAGE_INT32), PQFLOW_NULL_SENTINEL, 0x80000000U));
}
Node by_nan(const std::string& name = "") { return leaf(name, optional_field(make_field("", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_NAN)); }

Node constant(const std::string& name) {
  static const std::string kVenue = "XNAS";
  return leaf(name, with_logical_type(constant_field("", PQFLOW_PHYSICAL_BYTE_ARRAY, kVenue), PQFLOW_LOGICAL_STRING));
}

Node nothing(const std::string& name) {
  pqflow_field field = optional_field(make_field("", PQFLOW_STORAGE_NONE), PQFLOW_NULL_ALWAYS);
  field.physical_type = PQFLOW_PHYSICAL_INT32;
  field.logical_type = PQFLOW_LOGICAL_UNKNOWN;
  field.width_bytes = 0;
  return leaf(name, field);
}

Node level(const std::string& name = "") { return structure(name, {int64("price"), int32("size"), optional(symbol("venue"))}); }

std::vector<Node> structs() {
  return {structure("pair", {int32("a"), optional(text("b")), by_nan("c")}),
          optional(structure("maybe", {int64("a"), optional(real("b")), optional(structure("deep", {text("c"), by_sentinel("d")}))})),
          structure("marked", {constant("venue"), int32("v"), nothing("n")}),
          optional(structure("maybe_marked", {constant("venue"), boolean("v"), nothing("n")}))};
}

std::vector<Node> lists() {
  return {list("ints", int32(), 6),
          optional(list("maybe_ints", optional(int64()), 5)),
          list("sentinels", by_sentinel(), 4),
          list("reals", by_nan(), 9),
          list("booleans", optional(boolean()), 11),
          list("texts", text(), 4),
          optional(list("maybe_texts", optional(symbol()), 4)),
          list("hashes", bytes(), 3),
          list("many", of("", PQFLOW_STORAGE_UINT8), 300),
          list("levels", level(), 10),
          optional(list("maybe_levels", optional(level()), 4)),
          list("marks", structure("", {constant("venue"), optional(int32("v")), nothing("n")}), 3)};
}

std::vector<Node> maps() {
  return {map("counts", text(), int32(), 5), optional(map("maybe_reals", symbol(), optional(real()), 4)),
          map("by_number", int32(), optional(structure("", {int64("a"), text("b")})), 3), map("to_lists", text(), list("", int32(), 3), 3)};
}

std::vector<Node> deep() {
  return {list("lists", list("", int32(), 4), 3),
          optional(list("maybe_lists", optional(list("", optional(structure("", {int32("x"), list("y", text(), 3)})), 3)), 3)),
          list("maps", map("", symbol(), list("", optional(int64()), 2), 2), 2),
          structure("all", {list("books", optional(structure("", {map("sides", text(), list("", level(), 3), 2)})), 2), nothing("n")})};
}

}  // namespace

std::vector<Node> nested_columns() {
  std::vector<Node> nodes = {int64("sequence")};
  for (const auto& part : {structs(), lists(), maps(), deep()}) {
    nodes.insert(nodes.end(), part.begin(), part.end());
  }
  nodes.push_back(optional(text("note")));
  nodes.push_back(nothing("nothing"));
  return nodes;
}

}  // namespace pqflow::test
