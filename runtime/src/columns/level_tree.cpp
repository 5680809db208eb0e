#include "columns/level_tree.hpp"

#include <utility>

namespace pqflow::columns {
namespace {

struct OpenGroup {
  uint32_t remaining_count;
  size_t step;  // The innermost step that holds for the children.
};

bool is_step(const pqflow_field& group) noexcept { return group.repetition != PQFLOW_REPETITION_REQUIRED; }

class TreeBuilder {
 public:
  void visit(const pqflow_field& field) {
    const size_t around = open_.empty() ? LevelStep::kNone : open_.back().step;
    if (!open_.empty()) {
      --open_.back().remaining_count;
    }
    if (field.child_count != 0) {
      open_.push_back({field.child_count, is_step(field) ? add_step(field, around) : around});
      return;
    }
    tree_.step_of_columns.push_back(around);
    while (!open_.empty() && open_.back().remaining_count == 0) {
      open_.pop_back();
    }
  }
  LevelTree take() { return std::move(tree_); }

 private:
  size_t add_step(const pqflow_field& group, size_t parent) {
    const size_t around = parent == LevelStep::kNone ? 1 : tree_.steps[parent].max_entries_per_row;
    const size_t count = group.repetition == PQFLOW_REPETITION_REPEATED ? group.max_element_count : 1;
    tree_.steps.push_back({group, parent, tree_.step_of_columns.size(), around * count});
    return tree_.steps.size() - 1;
  }

  LevelTree tree_;
  std::vector<OpenGroup> open_;
};

}  // namespace

LevelTree make_level_tree(const std::vector<pqflow_field>& fields) {
  TreeBuilder builder;
  for (const pqflow_field& field : fields) {
    builder.visit(field);
  }
  return builder.take();
}

}  // namespace pqflow::columns
