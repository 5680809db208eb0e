# Finds libzstd by header and library name, which works alike for Debian's package, a hand-built one and a cross root. Defines pqflow::dependency_zstd.
find_path(PQFLOW_ZSTD_INCLUDE_DIR NAMES zstd.h)
find_library(PQFLOW_ZSTD_LIBRARY NAMES zstd)
mark_as_advanced(PQFLOW_ZSTD_INCLUDE_DIR PQFLOW_ZSTD_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowZstd REQUIRED_VARS PQFLOW_ZSTD_LIBRARY PQFLOW_ZSTD_INCLUDE_DIR)

if(PqflowZstd_FOUND AND NOT TARGET pqflow::dependency_zstd)
  add_library(pqflow::dependency_zstd UNKNOWN IMPORTED GLOBAL)
  set_target_properties(pqflow::dependency_zstd PROPERTIES IMPORTED_LOCATION "${PQFLOW_ZSTD_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_ZSTD_INCLUDE_DIR}")
endif()
