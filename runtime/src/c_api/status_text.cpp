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
