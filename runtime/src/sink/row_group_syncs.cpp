#include "sink/row_group_syncs.hpp"

#include "sink/remedy.hpp"

namespace pqflow::sink {

void RowGroupSyncs::take(int os_error) {
  if (os_error == 0) {
    file_.synced(end_bytes_);
    publisher_.synced(end_);
    return;
  }
  health_.count_failure();
  file_.distrust();
}

void RowGroupSyncs::look() {
  if (const auto os_error = syncer_.answer()) {
    take(*os_error);
  }
}

void RowGroupSyncs::settle() {
  if (const auto os_error = syncer_.wait()) {
    take(*os_error);
  }
}

void RowGroupSyncs::begin_next() {
  if (!is_on_ || !syncer_.is_idle() || !file_.is_open() || file_.is_distrusted() || publisher_.is_all_durable()) {
    return;
  }
  end_bytes_ = file_.offset_bytes();
  end_ = publisher_.persisted();
  syncer_.begin(file_.fd());
}

base::Result RowGroupSyncs::complete() {
  if (!is_on_) {
    return base::Result::ok();
  }
  base::Result result = file_.complete();
  const bool is_file_at_fault = result.call == PQFLOW_FILE_CALL_SYNC || remedy_for(result) == Remedy::kNextFile;
  if (!result.is_ok() && is_file_at_fault && !file_.is_distrusted()) {
    health_.count_failure();
    file_.distrust();
    result = file_.complete();
  }
  if (result.is_ok()) {
    result = journal_.file_completed();
  }
  if (result.is_ok()) {
    publisher_.file_completed();
  }
  return result;
}

}  // namespace pqflow::sink
