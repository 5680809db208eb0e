/* What captures left when their process ended before they did: found, told, and finished. What `pqflow recover` does, for programs that
 * cannot start it; docs/recover.md says what is recovered and what each state means.
 *
 *   pqflow_recover_options options = pqflow_recover_options_default();
 *   options.folder = "data";
 *   options.is_writing = 1;
 *   pqflow_recover(&options, &recovery, &error);
 *
 * Sinks need no recovery to be opened: files in progress of others are left alone. */
#ifndef PQFLOW_RECOVER_H
#define PQFLOW_RECOVER_H

#include <stdint.h>

#include "status.h"

PQFLOW_EXTERN_C_BEGIN

typedef enum pqflow_orphan_state {
  PQFLOW_ORPHAN_STATE_LIVE = 0,       /* Its writer is at work, or another recovery: no orphan, and left alone. */
  PQFLOW_ORPHAN_STATE_UNCERTAIN = 1,  /* Whether its writer is at work cannot be told: its file system has no locks. Left alone. */
  PQFLOW_ORPHAN_STATE_UNFINISHED = 2, /* Holds records, and no footer names them all. */
  PQFLOW_ORPHAN_STATE_COMPLETE = 3,   /* Finished but for its name. */
  PQFLOW_ORPHAN_STATE_EMPTY = 4,      /* Holds no record. */
  PQFLOW_ORPHAN_STATE_LEFTOVER = 5,   /* Was made beside a file that has all it has. */
  PQFLOW_ORPHAN_STATE_UNREADABLE = 6  /* Cannot be read, or nothing says what its columns are. Left alone. */
} pqflow_orphan_state;

typedef enum pqflow_orphan_action {
  PQFLOW_ORPHAN_ACTION_NONE = 0,
  PQFLOW_ORPHAN_ACTION_FINISH = 1, /* A footer, and its final name. */
  PQFLOW_ORPHAN_ACTION_NAME = 2,   /* Its final name. */
  PQFLOW_ORPHAN_ACTION_REMOVE = 3
} pqflow_orphan_action;

/* Why a file had to be recovered, as far as its ring or its journal say so. */
typedef enum pqflow_orphan_reason {
  PQFLOW_ORPHAN_REASON_UNKNOWN = 0, /* Nothing says it: there is no ring, say. */
  PQFLOW_ORPHAN_REASON_KILLED = 1,  /* Its process has ended, on this boot of the machine, without closing the capture. */
  PQFLOW_ORPHAN_REASON_RESTART = 2, /* The machine was started again since, or it was another machine's. */
  PQFLOW_ORPHAN_REASON_CLOSED = 3   /* The capture was closed, and could not write everything. */
} pqflow_orphan_reason;

/* A file in progress that was found, with the ring that belongs to it, or the journal that stands in for one; or those whose file is not
 * there. Texts are valid during the call that tells it. Later versions may append members. */
typedef struct pqflow_orphan {
  const char* path;           /* Of a ring whose file is not there: the ring's. */
  const char* ring_path;      /* Or its journal's, where there is no ring. Null: neither belongs to it. */
  const char* final_path;     /* Given, or wanted: a suffix comes where it is taken. Null: none. */
  const char* problem;        /* Why nothing was done, or what failed. Null: nothing did. */
  uint64_t persisted_records; /* Found in the file. */
  uint64_t row_groups;        /* Likewise. */
  uint64_t recovered_records; /* Of the ring, in no row group of the file. */
  uint64_t duplicate_records; /* Of the ring, in a row group too: they are kept once. */
  uint64_t lost_records;      /* Of row groups whose pages are damaged. */
  uint64_t damaged_row_groups;
  uint64_t torn_journal_bytes; /* Of its journals, behind the last record that can be believed: no sync had reached them. */
  uint64_t dropped_records;    /* Refused while the ring was full, told by no other file; see is_dropped_known. */
  pqflow_orphan_state state;
  pqflow_orphan_action action;
  pqflow_orphan_reason reason;
  uint32_t is_done;          /* 1: the action was done. 0: it is what would be done, or what failed. */
  uint32_t is_dropped_known; /* 1: the ring says it. 0: nothing does, and dropped_records is 0. */
  uint32_t reserved;
} pqflow_orphan;

/* Must not throw. */
typedef void pqflow_orphan_callback(void* context, const pqflow_orphan* orphan);

/* Start from pqflow_recover_options_default(). */
typedef struct pqflow_recover_options {
  uint32_t abi_version;             /* Set by pqflow_recover_options_default(). */
  uint32_t struct_size_bytes;       /* Likewise. */
  const char* folder;               /* Looked through with the folders below it; links to folders are not followed. No default. */
  const char* ring_dir;             /* Where the rings of killed processes are: the captures' ring_dir. Default /dev/shm. */
  const char* manifest;             /* With is_writing: gets a line of JSON for each file that gets its final name, as a capture's manifest
                                       does, with the end "recovered"; made where it is missing. Null (default): none. */
  pqflow_orphan_callback* callback; /* Told every file that was found, live ones too, in the order of their names, then the rings without
                                       a file, when all is done. Called on the calling thread. Null (default): nobody. */
  void* context;                    /* For the callback. */
  uint32_t is_writing;              /* 1: orphans are finished, named and removed. 0 (default): nothing is changed. */
  uint32_t reserved;                /* 0. */
} pqflow_recover_options;

/* What was found, all files together. */
typedef struct pqflow_recovery {
  uint32_t struct_size_bytes; /* Set by the caller to sizeof(pqflow_recovery); the runtime fills no more than that. */
  uint32_t reserved;
  uint64_t orphans;           /* All that were found but the live ones. */
  uint64_t live_files;        /* And live rings whose file is not there. */
  uint64_t done;              /* Orphans that were finished, named or removed. */
  uint64_t problems;          /* Orphans that cannot be recovered, or where it failed. */
  uint64_t persisted_records; /* Sums of the members of pqflow_orphan. */
  uint64_t recovered_records;
  uint64_t duplicate_records;
  uint64_t lost_records;
  uint64_t dropped_records; /* Where it is known. */
} pqflow_recovery;

/* Pure; any thread. */
PQFLOW_API pqflow_recover_options pqflow_recover_options_default(void);

/* Looks through a folder, and with is_writing recovers what is to be recovered. OK when the folder was looked through: what went wrong with
 * one file is its problem, and the others are gone on with. PQFLOW_STATUS_IO_ERROR for a folder that cannot be listed and a manifest that
 * cannot be written, ABI_MISMATCH and INVALID_ARGUMENT for options that cannot be. `recovery` may be null; on failure it is untouched.
 * Killed at any point and called again, it gives the same files. Any thread, also while sinks write to the folder; blocks while it reads
 * every orphan whole, allocates a row group and what rings hold. */
PQFLOW_API pqflow_status pqflow_recover(const pqflow_recover_options* options, pqflow_recovery* recovery, pqflow_error* error);

PQFLOW_EXTERN_C_END

#endif
