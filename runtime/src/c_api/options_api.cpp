// pqflow_options_default: translation only.
#include <pqflow/pqflow.h>

#include "sink/options.hpp"

extern "C" pqflow_options pqflow_options_default(const pqflow_descriptor* descriptor) { return pqflow::sink::default_options(descriptor); }
