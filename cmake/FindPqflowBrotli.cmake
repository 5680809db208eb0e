# Finds libbrotlienc (the encoder alone) by header and library name. Defines pqflow::dependency_brotli.
find_path(PQFLOW_BROTLI_INCLUDE_DIR NAMES brotli/encode.h)
find_library(PQFLOW_BROTLI_LIBRARY NAMES brotlienc)
mark_as_advanced(PQFLOW_BROTLI_INCLUDE_DIR PQFLOW_BROTLI_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowBrotli REQUIRED_VARS PQFLOW_BROTLI_LIBRARY PQFLOW_BROTLI_INCLUDE_DIR)

if(PqflowBrotli_FOUND AND NOT TARGET pqflow::dependency_brotli)
  add_library(pqflow::dependency_brotli UNKNOWN IMPORTED GLOBAL)
  set_target_properties(pqflow::dependency_brotli PROPERTIES IMPORTED_LOCATION "${PQFLOW_BROTLI_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_BROTLI_INCLUDE_DIR}")
endif()
