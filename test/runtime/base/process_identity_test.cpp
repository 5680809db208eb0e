#include "base/process_identity.hpp"

#include <gtest/gtest.h>

namespace pqflow::base {
namespace {

TEST(ProcessIdentity, ARunningProcessIsToldFromOneThatEndedAndOneOfAnotherBoot) {
  ProcessIdentity process = current_process();
  EXPECT_EQ(liveness_of(process), Liveness::kRunning);
  ProcessIdentity earlier = process;
  earlier.start_time_ticks -= 1;
  EXPECT_EQ(liveness_of(earlier), Liveness::kEnded);
  ProcessIdentity other_boot = process;
  other_boot.boot_id[0] = 'x';
  EXPECT_EQ(liveness_of(other_boot), Liveness::kEnded);
  ProcessIdentity other_namespace = process;
  other_namespace.pid_namespace += 1;
  EXPECT_EQ(liveness_of(other_namespace), Liveness::kUnknown);
}

TEST(ProcessIdentity, AProcessOfThisBootIsToldFromOneOfAnotherAndFromOneThatDoesNotSay) {
  ProcessIdentity process = current_process();
  EXPECT_EQ(boot_of(process), Boot::kThis);
  process.boot_id[0] = 'x';
  EXPECT_EQ(boot_of(process), Boot::kOther);
  process.boot_id = {};
  EXPECT_EQ(boot_of(process), Boot::kUnknown);
}

}  // namespace
}  // namespace pqflow::base
