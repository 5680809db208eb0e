# Finds xxhash.h, of which the header-only form is used. Defines pqflow::dependency_xxhash.
find_path(PQFLOW_XXHASH_INCLUDE_DIR NAMES xxhash.h)
mark_as_advanced(PQFLOW_XXHASH_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowXxhash REQUIRED_VARS PQFLOW_XXHASH_INCLUDE_DIR)

if(PqflowXxhash_FOUND AND NOT TARGET pqflow::dependency_xxhash)
  add_library(pqflow::dependency_xxhash INTERFACE IMPORTED GLOBAL)
  set_target_properties(pqflow::dependency_xxhash PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_XXHASH_INCLUDE_DIR}")
endif()
