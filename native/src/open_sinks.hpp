// Every sink of this process that JavaScript opened and nobody closed yet, closed at exit so that each file is complete. Any thread.
#pragma once

namespace pqflow::node {

class SinkHandle;

// The first call registers an atexit handler that closes what is left: Node runs neither finalizers nor environment clean-up hooks on
// process.exit().
void remember_open_sink(SinkHandle& sink);
void forget_open_sink(SinkHandle& sink);

}  // namespace pqflow::node
