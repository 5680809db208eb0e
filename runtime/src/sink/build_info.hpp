// What this build of the runtime is: version, compiler, codecs.
#pragma once

namespace pqflow::sink {

// One line, static storage. Any thread; the first call allocates.
const char* build_info() noexcept;

}  // namespace pqflow::sink
