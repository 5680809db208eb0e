# Finds liblz4 by header and library name. Defines pqflow::dependency_lz4.
find_path(PQFLOW_LZ4_INCLUDE_DIR NAMES lz4.h)
find_library(PQFLOW_LZ4_LIBRARY NAMES lz4)
mark_as_advanced(PQFLOW_LZ4_INCLUDE_DIR PQFLOW_LZ4_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowLz4 REQUIRED_VARS PQFLOW_LZ4_LIBRARY PQFLOW_LZ4_INCLUDE_DIR)

if(PqflowLz4_FOUND AND NOT TARGET pqflow::dependency_lz4)
  add_library(pqflow::dependency_lz4 UNKNOWN IMPORTED GLOBAL)
  set_target_properties(pqflow::dependency_lz4 PROPERTIES IMPORTED_LOCATION "${PQFLOW_LZ4_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_LZ4_INCLUDE_DIR}")
endif()
