// File systems of a test's own, mounted where nobody else sees them.
#pragma once

#include <functional>
#include <string>

namespace pqflow::test {

// Runs `body` in a child process that may mount, and hands back what it answers: what was wrong, empty when nothing was. `skip_reason` says
// why it could not be run: mounting needs root, or user namespaces.
std::string in_private_mounts(const std::function<std::string()>& body, std::string& skip_reason);

// In the child. Each answers what went wrong, empty when nothing did.
std::string mount_tmpfs(const std::string& folder, const std::string& size);
// A new ext4 in a file of 64 MiB, on a loop device.
std::string make_ext4_image(const std::string& image);
std::string mount_image(const std::string& image, const std::string& folder);
std::string unmount(const std::string& folder);
// As a power cut would: nothing more reaches the device, its journal neither.
bool cut_power(const std::string& folder);

}  // namespace pqflow::test
