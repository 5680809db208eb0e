// Every sink of this process that JavaScript holds: found by threads that want a lane of it, closed at exit so that each file is complete.
// Any thread.
#pragma once

#include <cstdint>
#include <memory>

namespace pqflow::node {

class SinkHandle;

// The first call registers an atexit handler that closes what is left: Node runs neither finalizers nor environment clean-up hooks on
// process.exit().
void remember_open_sink(SinkHandle& sink);
void forget_open_sink(SinkHandle& sink);

// The one of that id; null when there is none, or it is going.
std::shared_ptr<SinkHandle> find_open_sink(uint64_t id);

}  // namespace pqflow::node
