/* pqflow: captures fixed-layout records into Apache Parquet files without blocking the thread that produces them.
 *
 *   Simple     generated code:  orders_sink_open → orders_sink_log → orders_sink_close → orders_sink_free      (orders_sink.h)
 *   Options    pqflow_options_default, pqflow_sink_flush, pqflow_sink_stats
 *   Advanced   pqflow_sink_open with a registered struct of your own, pqflow_sink_log by pointer and length
 *
 * Threads: a sink has one writer thread of its own. log, reserve and commit belong to the lane's producer thread: the opening thread has a
 * lane from the start, others attach theirs. flush, stats and last_error may be called from any thread. close must not run while another
 * thread logs; after close every call on the handle answers PQFLOW_STATUS_CLOSED until pqflow_sink_free. In a forked child every call
 * answers PQFLOW_STATUS_FORKED: the writer stays with the parent. */
#ifndef PQFLOW_H
#define PQFLOW_H

#include "descriptor.h"
#include "lane.h"
#include "options.h"
#include "producer.h"
#include "status.h"

PQFLOW_EXTERN_C_BEGIN

/* ---- Registering a struct of your own ---- */

/* What the compiler says of one member; made by PQFLOW_FIELD in register.h. */
typedef struct pqflow_member {
  const char* name;
  uint32_t offset_bytes;
  uint32_t size_bytes;
  uint8_t kind; /* enum pqflow_member_kind */
  uint8_t reserved[7];
} pqflow_member;

enum pqflow_member_kind {
  PQFLOW_MEMBER_UNSUPPORTED =
      0, /* A pointer, a 128-bit integer …: its bytes are not the value; refused where a field of the schema bears its name. */
  PQFLOW_MEMBER_SIGNED = 1,
  PQFLOW_MEMBER_UNSIGNED = 2,
  PQFLOW_MEMBER_FLOATING = 3,
  PQFLOW_MEMBER_BYTES = 4, /* An array. */
  PQFLOW_MEMBER_CHARACTER =
      5, /* A plain char: whether it is signed is the platform's choice, so it fits signed and unsigned one-byte fields alike. */
  PQFLOW_MEMBER_STRUCT =
      6 /* A struct, union or trivially copyable class: fits what an array fits, and text with a length before it, which no array does. */
};

/* A hand-written struct that replaces the generated record. Each field of the schema must be among the members, with the same size and
 * kind; offsets may differ, members the schema does not know are ignored. Null bits are looked for in a member named `valid`. */
typedef struct pqflow_record_layout {
  const pqflow_member* members;
  uint32_t member_count;
  uint32_t record_size_bytes;
  uint32_t record_align_bytes;
  uint32_t reserved;
} pqflow_record_layout;

/* ---- Sink ---- */

/* The visible head of a sink; the rest is private to the runtime. */
typedef struct pqflow_sink {
  uint64_t magic;
  void* opening_lane; /* pqflow_lane * of the thread that opened the sink; never null between open and free. */
} pqflow_sink;

/* What the caller was compiled with; generated code fills it from its header. */
typedef struct pqflow_open_request {
  uint32_t abi_version;       /* PQFLOW_ABI_VERSION */
  uint32_t struct_size_bytes; /* sizeof(pqflow_open_request) */
  const pqflow_descriptor* descriptor;
  const pqflow_options* options;          /* Null: pqflow_options_default(descriptor). */
  const char* path;                       /* Null: options->path. Copied. */
  const pqflow_record_layout* registered; /* Null: the descriptor's own layout. */
  uint64_t layout_fingerprint;            /* As in the caller's header. */
  uint32_t record_size_bytes;             /* sizeof the caller's record. */
  uint32_t reserved;
} pqflow_open_request;

/* Opens a sink: checks everything, allocates and touches all memory, creates the file in progress (hidden name beside the target), starts
 * the writer thread. On success *sink is owned by the caller, who ends it with close and free. On failure *sink is null, *error (may be
 * null) is filled, no file is left. The calling thread owns the sink's lane. Blocks for memory and file creation. */
PQFLOW_API pqflow_status pqflow_sink_open(pqflow_sink** sink, const pqflow_open_request* request, pqflow_error* error);

/* Logs a record given by pointer and length. The length must be the record size (PQFLOW_STATUS_RECORD_SIZE_MISMATCH otherwise). Opening
 * thread; never blocks. */
PQFLOW_API pqflow_status pqflow_sink_log(pqflow_sink* sink, const void* record, size_t record_size_bytes);

/* A further lane, for one thread at a time, until pqflow_sink_detach_lane. Records of a lane keep their order; between lanes the writer
 * takes runs in turn. A lane that stands still holds up no other. PQFLOW_STATUS_LANE_UNAVAILABLE, and *lane null, while max_lanes are
 * attached. Any thread; blocks and allocates: memory for ring_slots_count records, touched, the first time a lane is needed. Owned by the
 * sink. */
PQFLOW_API pqflow_status pqflow_sink_attach_lane(pqflow_sink* sink, pqflow_lane** lane, pqflow_error* error);

/* Its thread logs no more: what it logged is written, the lane is given to the next one who attaches, who goes on with its numbers. Called
 * by that thread, or one that has synchronised with it; also after close. Until the lane is given away again, logging to it answers
 * PQFLOW_STATUS_LANE_DETACHED; afterwards it would be another thread's: forget the pointer. PQFLOW_STATUS_INVALID_HANDLE for a lane of
 * another sink, PQFLOW_STATUS_INVALID_ARGUMENT for the opening thread's, which stays as long as the sink. Blocks while another thread
 * attaches. */
PQFLOW_API pqflow_status pqflow_sink_detach_lane(pqflow_sink* sink, pqflow_lane* lane, pqflow_error* error);

/* The calling thread's own lane: attached when it is first asked for, detached when the thread ends, the sink's opening lane for the
 * opening thread. Blocks and allocates the first time, as pqflow_sink_attach_lane does; later it looks the lane up (some ns): ask once
 * per thread rather than once per record. */
PQFLOW_API pqflow_status pqflow_sink_thread_lane(pqflow_sink* sink, pqflow_lane** lane, pqflow_error* error);

/* Returns when readers can see every record accepted before the call (from PQFLOW_DURABILITY_SYNC on also when they are on the disk), or
 * with the error that prevents it (the records stay accepted and the write is retried). CLASSIC files are finished for that, and the
 * capture continues in the next sequence number; a LIVE file goes on. Without new records since the last file nothing is finished. Any
 * thread; blocks for the write. */
PQFLOW_API pqflow_status pqflow_sink_flush(pqflow_sink* sink, pqflow_error* error);

/* Drains the lanes, finishes the file, stops the writer thread, reports the first error that still stands. After it the handle answers
 * PQFLOW_STATUS_CLOSED. A capture without a record leaves a valid file of zero rows. When the file cannot be finished it stays under its
 * name in progress and nothing appears under the final name. Any thread, while no producer logs; blocks for the write. */
PQFLOW_API pqflow_status pqflow_sink_close(pqflow_sink* sink, pqflow_error* error);

/* Gives the handle back; closes it first when that was not done (errors are then lost). Null is allowed. No pointer to the sink or its
 * lanes may be used afterwards. */
PQFLOW_API void pqflow_sink_free(pqflow_sink* sink);

/* ---- Statistics ---- */

typedef enum pqflow_sink_state {
  PQFLOW_SINK_STATE_RUNNING = 0,
  PQFLOW_SINK_STATE_DEGRADED = 1, /* A write failed; it is retried, records are kept while the ring has room. last_status, last_os_error,
                                     last_call and degraded_since_utc_ns tell why and for how long. */
  PQFLOW_SINK_STATE_CLOSED = 2
} pqflow_sink_state;

typedef struct pqflow_stats {
  uint32_t struct_size_bytes; /* Set by the caller to sizeof(pqflow_stats); the runtime fills no more than that. */
  pqflow_sink_state state;
  uint64_t accepted_records;  /* Watermarks: accepted ≥ persisted ≥ visible, accepted ≥ durable. */
  uint64_t persisted_records; /* Written to a file, finished or in progress. */
  uint64_t visible_records;   /* In a finished file, or named by the footer of the LIVE file in progress. */
  uint64_t
      durable_records; /* In a finished file that was synced; from PQFLOW_DURABILITY_SYNC on, in a row group that was, or in the journal. */
  uint64_t dropped_records; /* Refused because the lane was full. */
  uint64_t lost_records;    /* Accepted, but in a file that was set aside, or not in a finished file when close gave up. */
  uint64_t invalid_values;  /* Values replaced by their documented substitute, all columns. */
  uint64_t ring_slots_count;
  uint64_t ring_high_water_records; /* Most records the writer found waiting. */
  uint64_t files_finished;
  uint64_t row_groups_written;
  uint64_t bytes_written;    /* Acknowledged by the system, all files. */
  uint64_t write_failures;   /* Failed system calls on output files. */
  uint64_t memory_bytes;     /* Bound known at open: lane; staging, row group and codec contexts of each encoder; metadata cap. Grows by
                                further lanes. Does not count the encoder of interim row groups. */
  pqflow_status last_status; /* Of the failure that still stands; OK when none. */
  int32_t last_os_error;
  uint32_t lanes_attached;
  uint32_t lanes_count;      /* Made so far: what pqflow_sink_lane_stats knows. */
  uint64_t stalls;           /* How often a producer waited for room, see full_policy. */
  uint64_t stall_ns;         /* How long, all in all. */
  uint64_t late_records;     /* Refused because their lane was detached or the sink closed. Not among dropped_records. */
  pqflow_file_layout layout; /* Of the latest file: CLASSIC where LIVE was asked for and the target cannot have it. */
  uint32_t is_preallocated;  /* 1: the LIVE file in progress has its disk space. 0: CLASSIC, or a file system that is full or cannot. */
  uint64_t degraded_since_utc_ns;  /* DEGRADED since then, from 1970 on; else 0. */
  uint64_t degraded_retries;       /* Tries since then, which failed too; else 0. */
  pqflow_file_call last_call;      /* Of last_status: which call failed; NONE when none. */
  uint32_t files_set_aside;        /* Could not be synced, or not be written to their end: they keep their name in progress. */
  uint64_t row_group_rows;         /* As opened: the ring holds ring_slots_count of a lane's records. */
  pqflow_durability durability;    /* In force: never DEFAULT. */
  uint32_t reserved;               /* 0. */
  uint64_t manifest_missing_lines; /* Finished files that the manifest does not name, because it could not be written. */
  uint32_t orphans_found;          /* What killed captures of the same path had left when the sink opened; with IGNORE 0. */
  uint32_t orphans_recovered;      /* Of those, finished, named, or removed as empty: see pqflow_orphans. */
} pqflow_stats;

/* The share of one lane. The lane's records are numbered from 0, whichever threads were attached to it. */
typedef struct pqflow_lane_stats {
  uint32_t struct_size_bytes; /* As in pqflow_stats. */
  uint32_t lane_state;        /* enum pqflow_lane_state */
  uint64_t accepted_records;
  uint64_t persisted_records;
  uint64_t visible_records; /* Or in a file that could not be synced and was set aside. */
  uint64_t durable_records; /* Likewise. Those that are in the journal alone are not counted. */
  uint64_t dropped_records;
  uint64_t late_records;
  uint64_t waiting_records; /* Slots not yet given back. */
  uint64_t high_water_records;
  uint64_t stalls;
  uint64_t stall_ns;
} pqflow_lane_stats;

/* Any thread; never blocks. stats->struct_size_bytes must be set. Works on a closed sink. */
PQFLOW_API pqflow_status pqflow_sink_stats(pqflow_sink* sink, pqflow_stats* stats);

/* Of the lane at `lane_index` < pqflow_stats.lanes_count, else PQFLOW_STATUS_INVALID_ARGUMENT; 0 is the opening thread's.
 * stats->struct_size_bytes must be set. Any thread; never blocks. Works on a closed sink. */
PQFLOW_API pqflow_status pqflow_sink_lane_stats(pqflow_sink* sink, size_t lane_index, pqflow_lane_stats* stats);

typedef enum pqflow_stats_format {
  PQFLOW_STATS_FORMAT_TEXT = 0,       /* For people: a block of lines for each sink, a line for each of its lanes. */
  PQFLOW_STATS_FORMAT_OPENMETRICS = 1 /* OpenMetrics 1.0, for a scraper: application/openmetrics-text; version=1.0.0; charset=utf-8. */
} pqflow_stats_format;

/* The statistics of sinks and of their lanes as UTF-8 text. Writes up to capacity_bytes, a NUL at the end among them; *size_bytes is what
 * the whole text takes without it: is that capacity_bytes or more, the text was cut. `text` may be null where the capacity is 0. The
 * figures go on while they are read: ask with some room to spare. PQFLOW_STATUS_INVALID_HANDLE for a sink that is null or was freed. Any
 * thread; allocates; works on closed sinks. */
PQFLOW_API pqflow_status pqflow_stats_render(pqflow_sink* const* sinks, size_t sink_count, pqflow_stats_format format, char* text,
                                             size_t capacity_bytes, size_t* size_bytes);

/* The share of one column in pqflow_stats.invalid_values: the leaf field at `column_index`, counted in the order of the schema.
 * PQFLOW_STATUS_INVALID_ARGUMENT, and *count unchanged, for a column that is not there. Each file names its own under the key
 * "pqflow:invalid_values", {"column":count}, where there are any and the metadata option is CAPTURE. Any thread; never blocks. Works on a
 * closed sink. */
PQFLOW_API pqflow_status pqflow_sink_column_invalid_values(pqflow_sink* sink, size_t column_index, uint64_t* count);

/* The failure that still stands, with its message; PQFLOW_STATUS_OK leaves *error untouched. Any thread. */
PQFLOW_API pqflow_status pqflow_sink_last_error(pqflow_sink* sink, pqflow_error* error);

/* ---- Build ---- */

/* One line: version, compiler, codecs in this build. Static storage. */
PQFLOW_API const char* pqflow_build_info(void);

PQFLOW_EXTERN_C_END

#endif
