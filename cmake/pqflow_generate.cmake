# pqflow_generate(TARGET name SCHEMAS file... [EMIT c...] [GENERATED_DIR dir] [OUT_VAR variable])
#
#   TARGET         library to create: the generated C compiled, its header's folder on the include path, pqflow::runtime linked.
#   SCHEMAS        YAML files, relative to the current source folder.
#   EMIT           what to generate, as pqflow-gen --emit takes it. Default: c.
#   GENERATED_DIR  committed output of the generator, used when there is no generator (no node, or PQFLOW_GEN=OFF). Never written to.
#   OUT_VAR        variable that receives the generated files' paths.
#
# The output lies in the build folder and is made again when a schema (or a file it includes) changes.
include_guard(GLOBAL)
include(${CMAKE_CURRENT_LIST_DIR}/pqflow_generator.cmake)
set_property(GLOBAL PROPERTY PQFLOW_PACKAGE_VERSION "${pqflow_VERSION}")

function(pqflow_generate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;GENERATED_DIR;OUT_VAR" "SCHEMAS;EMIT")
  _pqflow_check_arguments()
  _pqflow_generator_command(generator)
  if(generator)
    _pqflow_add_generator_command("${generator}" files)
  elseif(arg_GENERATED_DIR)
    _pqflow_committed_files(files)
  else()
    message(FATAL_ERROR "pqflow_generate(TARGET ${arg_TARGET}): pqflow-gen was not found. Install node 20 and the npm package pqflow, set PQFLOW_GEN to the command, or name committed output with GENERATED_DIR.")
  endif()
  _pqflow_add_library("${files}")
  if(arg_OUT_VAR)
    set(${arg_OUT_VAR} "${files}" PARENT_SCOPE)
  endif()
endfunction()

# The helpers below are macros or read the caller's arg_ variables: they are parts of pqflow_generate, split by purpose.

macro(_pqflow_check_arguments)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "pqflow_generate: unknown argument ${arg_UNPARSED_ARGUMENTS}; known are TARGET, SCHEMAS, EMIT, GENERATED_DIR, OUT_VAR")
  endif()
  if(NOT arg_TARGET OR NOT arg_SCHEMAS)
    message(FATAL_ERROR "pqflow_generate: TARGET and SCHEMAS are required")
  endif()
  if(NOT arg_EMIT)
    set(arg_EMIT c)
  endif()
  set(schemas "")
  foreach(schema IN LISTS arg_SCHEMAS)
    get_filename_component(schema_path "${schema}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    if(NOT EXISTS "${schema_path}")
      message(FATAL_ERROR "pqflow_generate(TARGET ${arg_TARGET}): there is no schema ${schema_path}")
    endif()
    list(APPEND schemas "${schema_path}")
  endforeach()
endmacro()

# Sets OUT to the files that GENERATOR will write.
function(_pqflow_add_generator_command GENERATOR OUT)
  set(out_dir ${CMAKE_CURRENT_BINARY_DIR}/pqflow_generated/${arg_TARGET})
  string(REPLACE ";" "," emit "${arg_EMIT}")
  set(command ${GENERATOR} ${schemas} --out ${out_dir} --emit ${emit} --no-config)

  # The names of the output depend on the schema's own name, so a changed schema configures anew.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schemas})
  execute_process(COMMAND ${command} --list-outputs WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} RESULT_VARIABLE result OUTPUT_VARIABLE listing ERROR_VARIABLE findings)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "pqflow_generate(TARGET ${arg_TARGET}): pqflow-gen refuses the schema\n${listing}${findings}")
  endif()
  string(STRIP "${listing}" listing)
  string(REPLACE "\n" ";" files "${listing}")

  # The generator leaves unchanged files alone. Ninja understands that; make would start it again in every build.
  set(touch "")
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    set(touch COMMAND ${CMAKE_COMMAND} -E touch ${files})
  endif()
  file(MAKE_DIRECTORY ${out_dir})
  set(depfile ${CMAKE_CURRENT_BINARY_DIR}/pqflow_generated/${arg_TARGET}.d)
  add_custom_command(
    OUTPUT ${files}
    COMMAND ${command} --quiet --depfile ${depfile} ${touch}
    DEPENDS ${schemas}
    DEPFILE ${depfile}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "Generating ${arg_TARGET} from its pqflow schemas"
    VERBATIM
  )
  set(${OUT} "${files}" PARENT_SCOPE)
endfunction()

# Sets OUT to the files that the generator would write, taken from GENERATED_DIR.
function(_pqflow_committed_files OUT)
  get_filename_component(committed_dir "${arg_GENERATED_DIR}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(NOT arg_EMIT STREQUAL "c")
    message(FATAL_ERROR "pqflow_generate(TARGET ${arg_TARGET}): committed output serves EMIT c only, and there is no pqflow-gen to make ${arg_EMIT}")
  endif()
  set(files "")
  foreach(schema IN LISTS schemas)
    file(STRINGS "${schema}" name_line REGEX "^name:[ \t]*[\"']?[a-z][a-z0-9_]*" LIMIT_COUNT 1)
    string(REGEX REPLACE "^name:[ \t]*[\"']?([a-z][a-z0-9_]*).*" "\\1" name "${name_line}")
    foreach(file ${name}_sink.h ${name}_sink.c)
      if(NOT name OR NOT EXISTS "${committed_dir}/${file}")
        message(FATAL_ERROR "pqflow_generate(TARGET ${arg_TARGET}): pqflow-gen was not found, and ${committed_dir} holds no ${file} for ${schema}")
      endif()
      list(APPEND files "${committed_dir}/${file}")
    endforeach()
    _pqflow_warn_if_stale("${schema}" ${name})
  endforeach()
  message(STATUS "pqflow: ${arg_TARGET} uses the committed output in ${committed_dir}")
  set(${OUT} "${files}" PARENT_SCOPE)
endfunction()

# The manifest beside committed output says what each schema's output was made from: hash of generator version, target, schema text, and path and text of each file that the schema is made from besides.
function(_pqflow_warn_if_stale SCHEMA NAME)
  get_property(version GLOBAL PROPERTY PQFLOW_PACKAGE_VERSION)
  file(READ "${SCHEMA}" text)
  set(manifest "{}")
  if(EXISTS "${committed_dir}/.pqflow-manifest.json")
    file(READ "${committed_dir}/.pqflow-manifest.json" manifest)
  endif()
  _pqflow_append_includes(text "${SCHEMA}" "${manifest}" ${NAME})
  string(SHA256 expected "${version}\nc\n${text}")
  string(JSON actual ERROR_VARIABLE problem GET "${manifest}" schemas ${NAME} c inputs)
  if(NOT actual STREQUAL expected)
    message(WARNING "pqflow_generate(TARGET ${arg_TARGET}): the committed output in ${committed_dir} was not made from ${SCHEMA} as it is now by pqflow-gen ${version}. Generate it anew and commit it.")
  endif()
endfunction()

# Appends to the variable TEXT what SCHEMA includes and extends, as MANIFEST lists it. A file that is gone counts as empty: the hash then differs.
function(_pqflow_append_includes TEXT SCHEMA MANIFEST NAME)
  set(result "${${TEXT}}")
  get_filename_component(folder "${SCHEMA}" DIRECTORY)
  string(JSON count ERROR_VARIABLE problem LENGTH "${MANIFEST}" schemas ${NAME} c includes)
  if(count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON path GET "${MANIFEST}" schemas ${NAME} c includes ${index})
      set(included "")
      if(EXISTS "${folder}/${path}")
        file(READ "${folder}/${path}" included)
      endif()
      string(APPEND result "\n${path}\n${included}")
    endforeach()
  endif()
  set(${TEXT} "${result}" PARENT_SCOPE)
endfunction()

function(_pqflow_add_library FILES)
  set(sources "${FILES}")
  list(FILTER sources INCLUDE REGEX "\\.c$")
  list(GET FILES 0 first_file)
  get_filename_component(include_dir "${first_file}" DIRECTORY)
  if(sources)
    add_library(${arg_TARGET} STATIC ${FILES})
    set_target_properties(${arg_TARGET} PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON POSITION_INDEPENDENT_CODE ON)
    set(scope PUBLIC)
  else()
    add_library(${arg_TARGET} INTERFACE ${FILES})
    set(scope INTERFACE)
  endif()
  target_include_directories(${arg_TARGET} ${scope} "${include_dir}")
  target_link_libraries(${arg_TARGET} ${scope} pqflow::runtime)
endfunction()
