# Finds libsnappy by header (its C interface) and library name. Defines pqflow::dependency_snappy.
find_path(PQFLOW_SNAPPY_INCLUDE_DIR NAMES snappy-c.h)
find_library(PQFLOW_SNAPPY_LIBRARY NAMES snappy)
mark_as_advanced(PQFLOW_SNAPPY_INCLUDE_DIR PQFLOW_SNAPPY_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowSnappy REQUIRED_VARS PQFLOW_SNAPPY_LIBRARY PQFLOW_SNAPPY_INCLUDE_DIR)

if(PqflowSnappy_FOUND AND NOT TARGET pqflow::dependency_snappy)
  add_library(pqflow::dependency_snappy UNKNOWN IMPORTED GLOBAL)
  set_target_properties(pqflow::dependency_snappy PROPERTIES IMPORTED_LOCATION "${PQFLOW_SNAPPY_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_SNAPPY_INCLUDE_DIR}")
endif()
