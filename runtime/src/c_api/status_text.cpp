#include <pqflow/status.h>

extern "C" const char* pqflow_status_text(pqflow_status status) {
  switch (status) {
    case PQFLOW_STATUS_OK:
      return "ok";
    case PQFLOW_STATUS_RING_FULL:
      return "ring full";
    case PQFLOW_STATUS_CLOSED:
      return "closed";
    case PQFLOW_STATUS_INVALID_ARGUMENT:
      return "invalid argument";
    case PQFLOW_STATUS_INVALID_HANDLE:
      return "invalid handle";
    case PQFLOW_STATUS_ABI_MISMATCH:
      return "abi mismatch";
    case PQFLOW_STATUS_RECORD_SIZE_MISMATCH:
      return "record size mismatch";
    case PQFLOW_STATUS_FINGERPRINT_MISMATCH:
      return "fingerprint mismatch";
    case PQFLOW_STATUS_LAYOUT_MISMATCH:
      return "layout mismatch";
    case PQFLOW_STATUS_INVALID_DESCRIPTOR:
      return "invalid descriptor";
    case PQFLOW_STATUS_INVALID_VALUE:
      return "invalid value";
    case PQFLOW_STATUS_CODEC_UNAVAILABLE:
      return "codec unavailable";
    case PQFLOW_STATUS_FILE_EXISTS:
      return "file exists";
    case PQFLOW_STATUS_NO_SPACE:
      return "no space";
    case PQFLOW_STATUS_IO_ERROR:
      return "io error";
    case PQFLOW_STATUS_OUT_OF_MEMORY:
      return "out of memory";
    case PQFLOW_STATUS_THREAD_ERROR:
      return "thread error";
    case PQFLOW_STATUS_LANE_UNAVAILABLE:
      return "lane unavailable";
    case PQFLOW_STATUS_INTERNAL_ERROR:
      return "internal error";
    case PQFLOW_STATUS_LANE_DETACHED:
      return "lane detached";
    case PQFLOW_STATUS_FORKED:
      return "forked";
  }
  return "unknown status";
}

extern "C" const char* pqflow_file_call_text(pqflow_file_call call) {
  switch (call) {
    case PQFLOW_FILE_CALL_NONE:
      return "none";
    case PQFLOW_FILE_CALL_LOOK_UP:
      return "look up";
    case PQFLOW_FILE_CALL_CREATE:
      return "create";
    case PQFLOW_FILE_CALL_LENGTHEN:
      return "lengthen";
    case PQFLOW_FILE_CALL_WRITE:
      return "write";
    case PQFLOW_FILE_CALL_TRUNCATE:
      return "truncate";
    case PQFLOW_FILE_CALL_COPY:
      return "copy";
    case PQFLOW_FILE_CALL_SYNC:
      return "sync";
    case PQFLOW_FILE_CALL_CLOSE:
      return "close";
    case PQFLOW_FILE_CALL_RENAME:
      return "rename";
    case PQFLOW_FILE_CALL_SYNC_FOLDER:
      return "sync folder";
    case PQFLOW_FILE_CALL_CREATE_FOLDER:
      return "create folder";
    case PQFLOW_FILE_CALL_MANIFEST:
      return "manifest";
  }
  return "unknown call";
}
