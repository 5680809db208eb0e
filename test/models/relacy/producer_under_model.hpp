// pqflow/producer.h, whose copies of records are the model's.
#pragma once

#include "watched_lanes.hpp"

#define memcpy(to, from, size_bytes) pqflow::model::copy_record(to, from, size_bytes)
#include <pqflow/producer.h>
#undef memcpy
