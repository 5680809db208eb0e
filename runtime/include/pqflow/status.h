/* What a call can answer. Every function of pqflow that can fail returns a pqflow_status; details go into a pqflow_error where the function
 * takes one. */
#ifndef PQFLOW_STATUS_H
#define PQFLOW_STATUS_H

#include "platform.h"

PQFLOW_EXTERN_C_BEGIN

typedef enum pqflow_status {
  PQFLOW_STATUS_OK = 0,
  PQFLOW_STATUS_RING_FULL = 1,            /* The lane has no free slot; the record was refused and counted as dropped. */
  PQFLOW_STATUS_CLOSED = 2,               /* The sink was closed; nothing was done. */
  PQFLOW_STATUS_INVALID_ARGUMENT = 3,     /* A null pointer, or an option outside its documented limits. */
  PQFLOW_STATUS_INVALID_HANDLE = 4,       /* The pointer is null or is not a sink or lane of this runtime. */
  PQFLOW_STATUS_ABI_MISMATCH = 5,         /* Generated code or a structure of another ABI version. */
  PQFLOW_STATUS_RECORD_SIZE_MISMATCH = 6, /* The caller's record has another size than the schema's layout. */
  PQFLOW_STATUS_FINGERPRINT_MISMATCH = 7, /* Header and descriptor come from different schemas. */
  PQFLOW_STATUS_LAYOUT_MISMATCH = 8,      /* A registered struct lacks a field, or a member has another type or size. */
  PQFLOW_STATUS_INVALID_DESCRIPTOR = 9,   /* The descriptor contradicts itself. */
  PQFLOW_STATUS_INVALID_VALUE = 10,       /* A generated validate() found a value that the schema does not allow. */
  PQFLOW_STATUS_CODEC_UNAVAILABLE = 11,   /* The named codec is not in this build. */
  PQFLOW_STATUS_FILE_EXISTS = 12,         /* The target exists and if_exists says fail; or another sink writes it. */
  PQFLOW_STATUS_NO_SPACE = 13,            /* ENOSPC, EDQUOT or EFBIG: accepted records wait in memory, the write is retried. */
  PQFLOW_STATUS_IO_ERROR = 14,            /* Another failed system call; os_error holds errno. */
  PQFLOW_STATUS_OUT_OF_MEMORY = 15,
  PQFLOW_STATUS_THREAD_ERROR = 16,     /* The writer thread could not be started. */
  PQFLOW_STATUS_LANE_UNAVAILABLE = 17, /* max_lanes lanes of the sink are attached already. */
  PQFLOW_STATUS_INTERNAL_ERROR = 18,   /* A defect of pqflow: please report the message. */
  PQFLOW_STATUS_LANE_DETACHED = 19,    /* The lane was detached; nothing was done. */
  PQFLOW_STATUS_FORKED = 20            /* The sink belongs to the process that this one was forked from; nothing was done. */
} pqflow_status;

/* What the writer wanted of the system when it failed. */
typedef enum pqflow_file_call {
  PQFLOW_FILE_CALL_NONE = 0,
  PQFLOW_FILE_CALL_LOOK_UP = 1,  /* Of the target's folder. */
  PQFLOW_FILE_CALL_CREATE = 2,   /* The file in progress, or a copy of it. */
  PQFLOW_FILE_CALL_LENGTHEN = 3, /* A LIVE file, to what it is going to be. */
  PQFLOW_FILE_CALL_WRITE = 4,    /* A row group, metadata, a footer. */
  PQFLOW_FILE_CALL_TRUNCATE = 5, /* To what was written. */
  PQFLOW_FILE_CALL_COPY = 6,     /* A LIVE file that somebody reads, to finish it. */
  PQFLOW_FILE_CALL_SYNC = 7,     /* The file: never asked twice. */
  PQFLOW_FILE_CALL_CLOSE = 8,
  PQFLOW_FILE_CALL_RENAME = 9,         /* To a name in progress or the final one. */
  PQFLOW_FILE_CALL_SYNC_FOLDER = 10,   /* After the rename, or after a folder was made in it. */
  PQFLOW_FILE_CALL_CREATE_FOLDER = 11, /* One that a placeholder of the path names. */
  PQFLOW_FILE_CALL_MANIFEST = 12       /* Opening, appending to or syncing the manifest. */
} pqflow_file_call;

enum { PQFLOW_ERROR_MESSAGE_CAPACITY_BYTES = 1016 };

/* Filled by the callee when the call fails; untouched when it succeeds. Owned by the caller. */
typedef struct pqflow_error {
  pqflow_status status;
  int32_t os_error;                                  /* errno of the failed system call, 0 if none was involved. */
  char message[PQFLOW_ERROR_MESSAGE_CAPACITY_BYTES]; /* UTF-8, NUL-terminated: what failed, where, what to do. */
} pqflow_error;

/* The constant's name without its prefix in lower case, e.g. "ring full". Static storage; any thread; never null. */
PQFLOW_API const char* pqflow_status_text(pqflow_status status);
/* Likewise: "sync folder". */
PQFLOW_API const char* pqflow_file_call_text(pqflow_file_call call);

PQFLOW_EXTERN_C_END

#endif
