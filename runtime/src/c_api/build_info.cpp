#include "sink/build_info.hpp"

#include <pqflow/pqflow.h>

extern "C" const char* pqflow_build_info(void) { return pqflow::sink::build_info(); }
