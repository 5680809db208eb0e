# Install rules: both libraries, public headers, the CMake package and the pkg-config file. Everything is found relative to the installed files, so a prefix can be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pqflow)

install(TARGETS pqflow_static pqflow_shared EXPORT pqflow_targets)
if(PQFLOW_BUILD_CLI)
  install(TARGETS pqflow_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/include/pqflow DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(EXPORT pqflow_targets NAMESPACE pqflow:: FILE pqflow-targets.cmake DESTINATION ${package_dir})

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/pqflow-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/pqflow-config.cmake INSTALL_DESTINATION ${package_dir}
)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/pqflow-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/pqflow-config.cmake
        ${CMAKE_CURRENT_BINARY_DIR}/pqflow-config-version.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindPqflowBrotli.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindPqflowDeflate.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindPqflowLz4.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindPqflowSnappy.cmake
        ${PROJECT_SOURCE_DIR}/cmake/FindPqflowZstd.cmake
        ${PROJECT_SOURCE_DIR}/cmake/pqflow_generate.cmake
        ${PROJECT_SOURCE_DIR}/cmake/pqflow_generator.cmake
  DESTINATION ${package_dir}
)

# pkg-config works relative to the .pc file itself.
file(RELATIVE_PATH PQFLOW_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" PQFLOW_PC_PREFIX "${PQFLOW_PC_PREFIX}")
list(TRANSFORM PQFLOW_CODEC_PC_NAMES PREPEND ", " OUTPUT_VARIABLE PQFLOW_PC_CODECS)
list(JOIN PQFLOW_PC_CODECS "" PQFLOW_PC_CODECS)
configure_file(${PROJECT_SOURCE_DIR}/cmake/pqflow.pc.in ${CMAKE_CURRENT_BINARY_DIR}/pqflow.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pqflow.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
