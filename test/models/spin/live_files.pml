/* A capture at durability process that writes live files, is killed at any step, and is recovered, by recoveries that are killed
 * themselves. What is modelled is what stays when a process ends: the ring in memory and the files. A step is a system call or a store to
 * the ring; a write that is cut off in the middle is one whose step was not taken.
 *
 * Holds: every footer that counts names whole row groups and metadata that is there, for a reader in the middle of its read too; and when a
 * recovery has ended, every accepted record lies in exactly one file under its final name, nothing else does, and no ring is left.
 *
 * Each mutant (-D NAME) breaks one order or one check, and spin must find what it costs. Their names: scripts/test/models.mjs. */

#define RECORDS 3 /* One row group each. */
#define SLOTS 2
#define FILE_ROW_GROUPS 2 /* Then the file is full, and the next one begins. */
#define RECOVERY_KILLS 1

#define RING_FILE 2 /* A file of its own for a ring whose file has its final name already. */
#define FILES 3

#define bit(number) (1 << (number))

mtype = { ABSENT, IN_PROGRESS, FINAL }

typedef File {
  mtype name = ABSENT;
  byte pages;    /* Row groups whose pages are written, by their records, as bits. */
  byte trailers; /* … whose trailer is written. */
  byte metadata; /* … whose metadata is written. */
  byte shown;    /* … that the footer names whose length is at the end. */
  bool is_ended; /* An ordinary footer names all, and the file ends behind it. */
}

File files[FILES];

/* The ring. A slot's commit word is the number of its record + 1; its record may be half overwritten by the one that comes next. */
bool has_ring = true;
byte ring_file; /* The file in progress that it names. */
byte commit_word[SLOTS];
bool is_torn[SLOTS];
byte head, tail, persisted;

bool is_alive = true; /* The capture. */
bool is_killed;       /* The recovery. */
byte recovery_kills;

/* ---- What the capture does ---- */

active proctype producer() {
  {
    do
    :: head < RECORDS && head - tail < SLOTS ->
       is_torn[head % SLOTS] = true;
       atomic {
         is_torn[head % SLOTS] = false;
         commit_word[head % SLOTS] = head + 1;
         head++ /* Accepted. */
       }
    :: head == RECORDS -> break
    od
  } unless { !is_alive }
}

/* A reader that takes metadata and footer length in one read, which the system may fill in that order. */
bool is_reading;
byte read_metadata;

active proctype reader() {
  do
  :: atomic { files[0].name == IN_PROGRESS && !files[0].is_ended -> is_reading = true; read_metadata = files[0].metadata }
     atomic {
       assert((files[0].shown & ~read_metadata) == 0 || files[0].is_ended);
       is_reading = false
     }
  :: files[0].name == FINAL || !is_alive -> break
  od
}

inline begin_file(file) {
  files[file].name = IN_PROGRESS; /* A whole file of no rows. */
  ring_file = file
}

inline write_pages(file, record) { files[file].pages = files[file].pages | bit(record) }
inline write_trailer(file, record) { files[file].trailers = files[file].trailers | bit(record) }
inline write_metadata(file) { files[file].metadata = files[file].pages }
inline show_metadata(file) { files[file].shown = files[file].pages }

inline write_row_group(file, record) {
#ifdef PERSISTED_BEFORE_WRITTEN
  persisted = record + 1;
#endif
#ifdef SLOTS_BACK_BEFORE_WRITTEN
  tail = record + 1;
#endif
#ifdef TRAILER_BEFORE_PAGES
  write_trailer(file, record);
  write_pages(file, record);
#else
  write_pages(file, record);
  write_trailer(file, record);
#endif
  if
  :: tail = record + 1
  :: true /* Many slots are given back at once. */
  fi
#ifndef PERSISTED_NEVER_SAID
  ; persisted = record + 1
#endif
}

inline publish(file) {
#ifdef SHOWN_BEFORE_METADATA
  show_metadata(file);
  write_metadata(file)
#else
  write_metadata(file);
#ifndef SHOWN_WITHOUT_DELAY
  !is_reading; /* Reads that began before are over. */
#endif
  show_metadata(file)
#endif
}

/* The cut makes the footer the file's end in one step. */
inline end_file(file) {
  atomic { files[file].is_ended = true; files[file].shown = files[file].trailers };
  files[file].name = FINAL
}

proctype capture() {
  byte file, record;
  {
    begin_file(0);
    do
    :: record < RECORDS ->
       head > record;
       if
       :: record != 0 && record % FILE_ROW_GROUPS == 0 -> end_file(file); file++; begin_file(file)
       :: else
       fi;
#ifdef RING_REMOVED_BEFORE_THE_LAST_ROW_GROUP
       has_ring = has_ring && record != RECORDS - 1;
#endif
       write_row_group(file, record);
       record++;
       if
       :: publish(file)
       :: true /* Not due. */
       fi
    :: record == RECORDS -> break
    od;
    end_file(file);
    has_ring = false
  } unless { !is_alive }
}

active proctype killer() { is_alive = false }

/* ---- What a recovery does ---- */

byte share; /* Records of the ring that the file does not hold, as bits. */
byte ring_record;

/* In one step: nobody else is at work on it. */
inline look_into_ring(held) {
  atomic {
    share = 0;
    ring_record = (persisted >= tail && persisted - tail <= SLOTS -> persisted : tail);
    do
    :: ring_record < RECORDS && commit_word[ring_record % SLOTS] == ring_record + 1 ->
       assert(!is_torn[ring_record % SLOTS]);
       share = share | bit(ring_record);
       ring_record++
    :: else -> break
    od;
#ifndef RECORDS_TWICE
    share = share & ~(held);
#endif
    ring_record = 0
  }
}

/* The copy, synced, takes the file's place in one rename. */
inline replace_by_copy(file) {
  atomic {
    assert((files[file].trailers & share) == 0);
    files[file].name = IN_PROGRESS;
    files[file].trailers = files[file].trailers | share;
    files[file].pages = files[file].pages | share;
    files[file].is_ended = true;
    files[file].shown = files[file].trailers;
    share = 0
  }
}

#define owns_ring(file) (has_ring && (ring_file == file || file == RING_FILE))

inline remove_ring(file) {
  if
  :: owns_ring(file) -> has_ring = false
  :: else
  fi
}

inline finish(file) {
#ifdef RING_REMOVED_BEFORE_ITS_RECORDS_ARE_IN_A_FILE
  remove_ring(file);
#endif
  if
  :: share != 0 || !files[file].is_ended -> replace_by_copy(file)
  :: else
  fi;
#ifdef NAMED_BEFORE_RING_IS_REMOVED
  files[file].name = FINAL;
  remove_ring(file)
#else
  remove_ring(file);
  files[file].name = FINAL
#endif
}

inline recover_file(file) {
  if
  :: files[file].name == IN_PROGRESS ->
     share = 0;
     if
     :: owns_ring(file) -> look_into_ring(files[file].trailers)
     :: else
     fi;
     if
     :: files[file].trailers == 0 && share == 0 ->
        files[file].name = ABSENT;
        remove_ring(file)
     :: else -> finish(file)
     fi
  :: else
  fi
}

inline recover_ring() {
  if
  :: has_ring ->
     look_into_ring(0);
     if
     :: share == 0 -> has_ring = false
     :: else -> finish(RING_FILE)
     fi
  :: else
  fi
}

inline check_outcome() {
  atomic {
    byte record = 0;
    do
    :: record < RECORDS ->
       assert(((files[0].name == FINAL && (files[0].trailers & bit(record))) +
               (files[1].name == FINAL && (files[1].trailers & bit(record))) +
               (files[2].name == FINAL && (files[2].trailers & bit(record)))) == (record < head));
       record++
    :: else -> break
    od;
    assert(!has_ring && files[0].name != IN_PROGRESS && files[1].name != IN_PROGRESS && files[2].name != IN_PROGRESS)
  }
}

active proctype recovery() {
  !is_alive;
again:
  {
    recover_file(0);
    recover_file(1);
    recover_file(2);
    recover_ring();
    goto done
  } unless { atomic { is_killed -> is_killed = false } };
  goto again;
done:
  check_outcome()
}

active proctype recovery_killer() {
  !is_alive;
  do
  :: recovery_kills < RECOVERY_KILLS -> atomic { recovery_kills++; is_killed = true }
  :: true -> break
  od
}

/* ---- What holds at every instant ---- */

#define is_valid(file) ((files[file].shown & ~files[file].pages) == 0 && (files[file].is_ended || (files[file].shown & ~files[file].metadata) == 0))

active proctype monitor() {
  end: !is_valid(0) || !is_valid(1) || !is_valid(2) -> assert(false)
}

init { run capture() }
