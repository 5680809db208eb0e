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
#include "producer.h"
#include "status.h"

PQFLOW_EXTERN_C_BEGIN

/* ---- Options ---- */

enum { PQFLOW_PATH_CAPACITY_BYTES = 4096 };

/* What to do when the target file exists; checked at open, and again by an atomic rename when the file is finished. */
typedef enum pqflow_if_exists {
  PQFLOW_IF_EXISTS_FAIL =
      0, /* open answers PQFLOW_STATUS_FILE_EXISTS. A clash that appears later takes a suffix: a capture is never lost. */
  PQFLOW_IF_EXISTS_REPLACE = 1,
  PQFLOW_IF_EXISTS_SUFFIX = 2 /* NAME.1.parquet, NAME.2.parquet … */
} pqflow_if_exists;

typedef enum pqflow_idle_strategy {
  PQFLOW_IDLE_ADAPTIVE =
      0, /* Spins, then yields, then sleeps in doubling steps up to idle_sleep_max_ns. Default; below 1 % of a core when idle. */
  PQFLOW_IDLE_SPIN = 1,
  PQFLOW_IDLE_YIELD = 2,
  PQFLOW_IDLE_SLEEP = 3 /* Sleeps idle_sleep_max_ns whenever there is nothing to do. */
} pqflow_idle_strategy;

/* When the slots of written records are given back to the producer. */
typedef enum pqflow_slot_release {
  PQFLOW_SLOT_RELEASE_PER_SPAN = 0, /* As soon as the records are staged in the writer's memory. Only with PQFLOW_DURABILITY_FILE. */
  PQFLOW_SLOT_RELEASE_WHEN_PERSISTED =
      1, /* When their row group is written: the ring keeps every record that is not in the file. ring_slots_count ≥ 4 × row_group_rows,
            and one row group more for each further encoder thread. Not from PQFLOW_DURABILITY_SYNC on. */
  PQFLOW_SLOT_RELEASE_BY_DURABILITY = 2 /* PER_SPAN with PQFLOW_DURABILITY_FILE, WHEN_PERSISTED with PROCESS, and from SYNC on when their
                                           row group is synced, which needs a ring as large as WHEN_PERSISTED does. Default. */
} pqflow_slot_release;

/* What outlives the process. docs/durability.md has the promises in full. */
typedef enum pqflow_durability {
  PQFLOW_DURABILITY_DEFAULT =
      0, /* Default: PROCESS where all is there that it needs, else FILE. docs/durability.md says when, pqflow_stats.durability which. */
  PQFLOW_DURABILITY_FILE = 1, /* What is written. The ring is private memory: what is in it, and the row group being filled, end with a
                                 process that is killed. */
  PQFLOW_DURABILITY_PROCESS =
      2, /* Every record that was accepted: the ring is a file in memory, in ring_dir, which stays when the process is killed, and has every
           record that is not in the output file. A close that wrote everything removes it. Linux. */
  PQFLOW_DURABILITY_SYNC = 3,   /* As PROCESS, and each row group is synced to the disk, while later ones are encoded, as soon as it is
                                  written   or the sync before it has ended: it outlasts a power cut. The ring has every record that is not
                                  synced.   Names are synced too, when a file is made and when it gets its final name. Lost in a power cut:
                                  the   ring,   and what no sync had reached. flush waits for the sync. */
  PQFLOW_DURABILITY_JOURNAL = 4 /* As SYNC, and records are on the disk before their row group is full: the writer thread appends them, as
                                   they lie in the ring, to a journal beside the files, .pqflow-PID-NUMBER.000000.journal, which is synced
                                   every journal_interval_ns. Lost in a power cut: what was accepted since the last sync of the journal
                                   began. pqflow recover reads it; a close that wrote everything removes it. */
} pqflow_durability;

/* Memory of the ring, huge pages where the system gives them. */
typedef enum pqflow_ring_memory {
  PQFLOW_RING_MEMORY_PAGEABLE = 0, /* As all memory of the process. Default. */
  PQFLOW_RING_MEMORY_LOCKED = 1    /* Never paged out (mlock): open and attach answer PQFLOW_STATUS_OUT_OF_MEMORY where the limit of the
                                      process    (ulimit -l) does not allow it. */
} pqflow_ring_memory;

/* What goes into the file's key-value metadata beside the schema's own entries. */
typedef enum pqflow_metadata {
  PQFLOW_METADATA_CAPTURE = 0,    /* Schema, sequence range, dropped records and gaps. Default. */
  PQFLOW_METADATA_SCHEMA_ONLY = 1 /* Schema only: the bytes of the file depend on nothing but schema, options and records. */
} pqflow_metadata;

/* How a file lies on the disk while it is written. Finished files are the same in both. */
typedef enum pqflow_file_layout {
  PQFLOW_FILE_LAYOUT_CLASSIC = 1, /* The footer comes last: nothing can be read before the file is finished. */
  PQFLOW_FILE_LAYOUT_LIVE =
      2 /* A Parquet file at every instant: readers find what was published, under the name in progress. Its length is taken at once, 64 MiB
           first, then twice as much for each file that was filled, up to rotate_bytes, or 512 MiB without; a full file ends, and the
           capture goes on in the next one. Linux; elsewhere, and on remote file systems, files are CLASSIC: see pqflow_stats.layout. */
} pqflow_file_layout;

/* What open does with what killed captures of the same path left, see docs/recover.md. Others' files are left alone. */
typedef enum pqflow_orphans {
  PQFLOW_ORPHANS_IGNORE = 1, /* Nothing. */
  PQFLOW_ORPHANS_REPORT = 2, /* Counts files in the folder of its first one: pqflow_stats.orphans_found. */
  PQFLOW_ORPHANS_RECOVER = 3 /* Recovers before its first file. What cannot be recovered stays, and pqflow_sink_last_error tells. */
} pqflow_orphans;

/* Why a file ended. */
typedef enum pqflow_file_end {
  PQFLOW_FILE_END_ROWS = 0,     /* rotate_rows */
  PQFLOW_FILE_END_BYTES = 1,    /* rotate_bytes */
  PQFLOW_FILE_END_INTERVAL = 2, /* rotate_interval_ns */
  PQFLOW_FILE_END_CLOCK = 3,    /* rotate_clock_ns */
  PQFLOW_FILE_END_FULL = 4,     /* A LIVE file is as long as it can be, or the footer has reached its limit. */
  PQFLOW_FILE_END_FLUSH = 5,    /* pqflow_sink_flush, of CLASSIC files. */
  PQFLOW_FILE_END_CLOSE = 6,
  PQFLOW_FILE_END_FAULT = 7 /* It could not be written any further: the capture goes on in the next one. */
} pqflow_file_end;

/* A file that has its final name: complete, and never changed again. Later versions may append members. */
typedef struct pqflow_finished_file {
  const char* path;       /* As it was opened with, relative or not. Valid during the call. */
  uint64_t file_sequence; /* 0, 1, …: what {seq} stands for. */
  uint64_t rows;
  uint64_t bytes;
  uint64_t row_groups;
  uint64_t first_sequence; /* Its records' numbers in the capture, all lanes together. Without a row both are the next one's. */
  uint64_t last_sequence;
  uint64_t begun_at_utc_ns; /* Since 1970-01-01: what the placeholders of the path tell of the time. */
  uint64_t ended_at_utc_ns;
  pqflow_file_end end;
  uint32_t is_synced; /* 1: its bytes, and by now also its name. 0: a power cut may take the name away, see pqflow_sink_last_error. */
} pqflow_finished_file;

/* Called on the writer thread for every file that has got its final name, in their order; also while flush or close waits. Must not block:
 * the ring fills meanwhile. Must not throw, nor call anything of the sink but pqflow_sink_stats. */
typedef void pqflow_file_callback(void* context, const pqflow_finished_file* file);

/* Start from pqflow_options_default() or <schema>_options_default(), change what you need. Every field has a unit, a default and limits; a
 * value outside them is PQFLOW_STATUS_INVALID_ARGUMENT. */
typedef struct pqflow_options {
  uint32_t abi_version;       /* Set by pqflow_options_default(). */
  uint32_t struct_size_bytes; /* Likewise. */
  const char* path; /* Target file, with placeholders. {schema}; {seq} (000000, 000001, …) or with as many digits as {seq:04} says; of the
                       moment at which the file began, in UTC: {date} or {utc_date} (2026-01-05), {hour} (00 … 23), {minute}, {time}
                       (hhmmss); {host} (the host's name, every byte but letters, digits, - and _ as -) and {pid}. Without {seq}, files
                       after the first take -000001 … before the extension. Folders from the first one on that a placeholder names are
                       made where they are missing. Default "<schema>-{seq}.parquet". */
  uint64_t ring_slots_count; /* Power of two, 64 … 2^30. Default 262,144; by the row groups, see pqflow_options_default(). */
  uint64_t row_group_rows;   /* 1 … 2^24. Default 65,536; by the ring, likewise. */
  uint64_t
      row_group_bytes; /* Encoded bytes before compression at which a row group is cut, checked per page. 64 KiB … 2^30. Default 128 MiB. */
  uint64_t peak_records_per_s;  /* open() refuses an idle sleep that the ring could not bridge at this rate. Default 20,000,000; 0 = do not
                                   check. */
  uint64_t idle_sleep_max_ns;   /* 1,000 … 1,000,000,000. Default 10,000,000 (10 ms), less where the ring is small: see
                                   pqflow_options_default(). */
  uint64_t flush_interval_ns;   /* A row group is cut and written when its oldest record was taken by the writer this long ago, full or not;
                                   an idle sleep may come on top. Readers see it when the file is finished; of a LIVE file 10 ms later, but
                                   not more often than once in this time and in a thousandth of the file's age. 0 (default) = only when full,
                                   else 1,000,000 (1 ms) … 86,400,000,000,000 (24 h). */
  uint64_t rotate_bytes;        /* The capture goes on in the next file after the row group with which a file, footer included, reaches this
                                   size. 0 (default) = any size, else 64 KiB … 2^40. */
  uint64_t rotate_rows;         /* A file ends with exactly this many rows. 0 (default) = any number, else 1 … 2^40. */
  uint64_t rotate_interval_ns;  /* A file ends when its oldest record was taken this long ago, whether or not records come. 0 (default) =
                                   never, else 1,000,000,000 (1 s) … 2,678,400,000,000,000 (31 days). */
  uint64_t rotate_clock_ns;     /* A file ends when the wall clock reaches a multiple of this since midnight UTC, whether or not records
                                   come; it holds what the writer took before. 0 (default) = never, else 1,000,000,000 (1 s) …
                                   86,400,000,000,000 (24 h), a length that divides a day. */
  uint64_t journal_interval_ns; /* With PQFLOW_DURABILITY_JOURNAL: how long the writer waits at least between the beginnings of two syncs
                                  of the journal. 100,000 (100 µs) … 10,000,000,000 (10 s). Default 10,000,000 (10 ms). */
  uint32_t page_rows;           /* Pages of all columns are cut at this fixed row count. 1 … 2^20. Default 16,384. */
  uint32_t page_bytes;        /* A page of a column is cut before the row that would make it larger: of values their PLAIN bytes, of levels
                                 their bits, before encoding and codec. A larger row has a page of its own. 4 KiB … 2^30. Default 1 MiB. */
  uint32_t data_page_version; /* 1 (default) or 2: levels outside of the codec, and pages that it would not make smaller as they are. */
  int32_t codec_level; /* GZIP 1 … 9, BROTLI 0 … 11, ZSTD -131072 … 22; the others have no levels and do not look at it. Default
                          PQFLOW_CODEC_LEVEL_DEFAULT: the codec's own (GZIP 6, BROTLI 4, ZSTD 1, and less than that in chunks that
                          level 1 would not make much smaller). */
  pqflow_codec codec;  /* Of the chunks that gain by one: see profile. Default ZSTD, SNAPPY where the schema's profile is WIDEST,
                          UNCOMPRESSED where the library was not built. */
  pqflow_if_exists if_exists; /* Default FAIL. */
  pqflow_idle_strategy idle_strategy;
  pqflow_slot_release slot_release;
  pqflow_metadata metadata;
  pqflow_profile profile;         /* Default SMALL. Set to WIDEST by hand, it leaves `codec` as it is: set that too. */
  pqflow_float_order float_order; /* Default TYPE_ORDER. */
  pqflow_full_policy full_policy; /* What a producer does when its lane is full. Default DROP. */
  uint64_t full_timeout_ns; /* How long it waits, with BLOCK. 1,000 (1 µs) … 3,600,000,000,000 (1 h). Default 1,000,000,000 (1 s). */
  pqflow_full_callback* full_callback; /* With CALLBACK, else null. */
  void* full_context;                  /* For full_callback; outlives the sink. */
  const char* ring_dir;     /* From PQFLOW_DURABILITY_PROCESS on: folder of the ring's file, on a file system in memory (tmpfs), with room
                               for each lane: ring_slots_count slots. Default /dev/shm, of which containers have 64 MiB. */
  uint32_t max_lanes;       /* Threads that may be attached at once, the opening one among them. 1 … 1,024. Default 64. */
  uint32_t encoder_threads; /* Who encodes row groups. 1 (default): the writer thread. 2 … 8: so many threads beside it, a row group each,
                               written in order; the ring must hold encoder_threads + 1 row groups. */
  pqflow_ring_memory ring_memory; /* Default PAGEABLE. */
  pqflow_file_layout layout;      /* Default LIVE. */
  pqflow_durability durability;   /* Default DEFAULT. */
  pqflow_orphans orphans;         /* Default REPORT. */
  const char* manifest; /* A text file that gets a line of JSON for every file that has got its final name, in their order; made where it is
                           missing, never shortened. Placeholders as in `path` but for {seq}, of the moment of open. A line is appended in
                           one write and synced. Where that fails the capture goes on, pqflow_sink_last_error tells, and the line is
                           appended with the next one or at flush and close, which answers with the error that still stands; where a sync
                           failed a line may come twice. Null (default): none. */
  pqflow_file_callback* file_callback; /* Null (default): none. */
  void* file_context;                  /* For file_callback; outlives the sink. */
} pqflow_options;

/* The descriptor's defaults, the runtime's where it names none. Pure; any thread. `descriptor` may be null, or of another ABI: the
 * runtime's own defaults. idle_sleep_max_ns is the longest sleep that three quarters of the ring bridge at peak_records_per_s, 10 ms at
 * most: 9.83 ms for 262,144 slots (docs/performance.md: what an idle writer costs). Set it after ring_slots_count or peak_records_per_s was
 * changed.
 *
 * A schema that names one of ring_slots_count and row_group_rows, and not the durability FILE, gets the other one so that the ring holds
 * four row groups, and one more for each further encoder thread: fewer rows than 65,536, or more slots than 262,144, up to 1,048,576.
 * Whoever changes one of the two afterwards changes both, or has the durability FILE where DEFAULT is asked for. */
PQFLOW_API pqflow_options pqflow_options_default(const pqflow_descriptor* descriptor);

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
                                further lanes. */
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
