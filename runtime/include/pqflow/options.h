/* What a sink is opened with: where its files go, when they end, what outlives the process. pqflow.h includes it. */
#ifndef PQFLOW_OPTIONS_H
#define PQFLOW_OPTIONS_H

#include "descriptor.h"
#include "lane.h"

PQFLOW_EXTERN_C_BEGIN

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
                                   else 1,000,000 (1 ms) … 86,400,000,000,000 (24 h). Where the ring outlives the process, a LIVE file shows
                                   the records without the row group being cut (docs/durability.md). */
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

PQFLOW_EXTERN_C_END

#endif
