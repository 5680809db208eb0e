// Behind Relacy and the standard library, before headers of the product: its mutexes and condition variables are the model's.
#pragma once

#include "shared_words.hpp"

namespace std {
using PqflowModelMutex = pqflow::model::Mutex;
using PqflowModelCondition = pqflow::model::Condition;
}  // namespace std

#define mutex PqflowModelMutex
#define condition_variable PqflowModelCondition
