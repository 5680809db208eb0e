# Finds libdeflate (the CRC-32 of pages) by header and library name. Defines pqflow::dependency_deflate.
find_path(PQFLOW_DEFLATE_INCLUDE_DIR NAMES libdeflate.h)
find_library(PQFLOW_DEFLATE_LIBRARY NAMES deflate)
mark_as_advanced(PQFLOW_DEFLATE_INCLUDE_DIR PQFLOW_DEFLATE_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PqflowDeflate REQUIRED_VARS PQFLOW_DEFLATE_LIBRARY PQFLOW_DEFLATE_INCLUDE_DIR)

if(PqflowDeflate_FOUND AND NOT TARGET pqflow::dependency_deflate)
  add_library(pqflow::dependency_deflate UNKNOWN IMPORTED GLOBAL)
  set_target_properties(
    pqflow::dependency_deflate PROPERTIES IMPORTED_LOCATION "${PQFLOW_DEFLATE_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PQFLOW_DEFLATE_INCLUDE_DIR}"
  )
endif()
