// What callers ask of the writer, and when they are answered: a flush when all records that were accepted before it can be seen, a close
// when they are in finished files.
#include <utility>

#include "sink/writer_agent.hpp"

namespace pqflow::sink {

void WriterAgent::poll_command() {
  if (command_ != Command::kNone) {
    return;
  }
  command_ = links_.commands.poll();
  if (command_ == Command::kFlush) {
    lanes_.aim_at_accepted();
  }
}

// The lanes are empty, or the command's records are all read. What there is to write or to wait for then is the next step's.
size_t WriterAgent::drained() {
  release_staged_now();
  if (command_ == Command::kNone) {
    return 0;
  }
  if (command_ == Command::kFlush && interims_.are_possible()) {
    return drained_by_flush();
  }
  if (encoders_->open_records() != 0) {
    cut_row_group();
    return 1;
  }
  if (!encoders_->is_empty()) {
    return 0;
  }
  if (command_ == Command::kFlush && !(publisher_.shows_all_or_hastens() && (!file_.is_live() || syncs_.shows_all_durable()))) {
    return 0;  // In a later round.
  }
  if (!try_end_file_for_command()) {
    return 0;
  }
  reports_.catch_up();
  reply(command_ == Command::kClose ? health_.standing_at_close() : health_.standing());
  return 0;
}

// The row group goes on being filled. What is not there yet is so in a later round.
size_t WriterAgent::drained_by_flush() {
  if (records_ahead() != encoders_->open_records()) {
    return 0;
  }
  if (has_unshown_records()) {
    return publisher_.may_write(true) && try_write_interim() ? 1 : 0;
  }
  if (publisher_.shows_all_or_hastens()) {
    reports_.catch_up();
    reply(health_.standing());
  }
  return 0;
}

// A capture without a record leaves a file of zero rows.
bool WriterAgent::try_end_file_for_command() {
  const bool is_close = command_ == Command::kClose;
  const bool owes_gaps = is_close && has_untold_gaps();
  if ((owes_gaps || (is_close && empty_file_dropped_)) && !file_.is_open() && !try_begin_file()) {
    return false;
  }
  const bool owes_file = is_close && (owes_gaps || file_.files_finished() == 0);
  const bool ends_file = file_.is_open() && (is_close || !file_.is_live()) && (file_.has_row_groups() || owes_file);
  return !ends_file || try_finish_file(is_close ? PQFLOW_FILE_END_CLOSE : PQFLOW_FILE_END_FLUSH);
}

// A producer was refused while the last file ended, and logged nothing since.
bool WriterAgent::has_untold_gaps() noexcept {
  lanes_.settle_gaps(publisher_.persisted());
  return options_.metadata == PQFLOW_METADATA_CAPTURE && lanes_.has_settled_gaps();
}

void WriterAgent::reply(base::Result result) {
  if (command_ == Command::kClose) {
    if (!result.is_ok()) {
      syncs_.settle();
      file_.abandon();
      links_.counters.lost_records.store(links_.lanes.accepted_records() - publisher_.filed_records());
    }
    if (links_.counters.lost_records.load() == 0) {
      journal_.remove();
    }
    finished_ = true;
  }
  command_ = Command::kNone;
  lanes_.aim_at_nothing();
  links_.commands.reply(std::move(result));  // Last: the caller may end the thread now.
}

}  // namespace pqflow::sink
