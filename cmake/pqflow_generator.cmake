# Finds the generator. PQFLOW_GEN: the command that runs pqflow-gen (a list, e.g. "node;/path/generator/bin/pqflow-gen.js"), OFF to use committed output only,
# empty (the default) to look for it: in pqflow's own source tree, on the PATH, in the project's node_modules, by npx.
set(PQFLOW_GEN "" CACHE STRING "Command that runs pqflow-gen; empty: look for it; OFF: use committed output only")

# Where pqflow's own sources are when it is a subproject; the installed package has none.
get_filename_component(pqflow_checkout_dir "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set_property(GLOBAL PROPERTY PQFLOW_CHECKOUT_GENERATOR "${pqflow_checkout_dir}/generator/bin/pqflow-gen.js")
unset(pqflow_checkout_dir)

# Sets OUT to the version that the command prints, or to an empty string when it cannot be run.
function(_pqflow_generator_version OUT)
  execute_process(
    COMMAND ${ARGN} --version
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE version
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
  )
  if(NOT result EQUAL 0)
    set(version "")
  endif()
  set(${OUT} "${version}" PARENT_SCOPE)
endfunction()

# Sets OUT to the first candidate of the search that runs, or to an empty string.
function(_pqflow_search_generator OUT)
  find_program(PQFLOW_NODE NAMES node nodejs)
  find_program(PQFLOW_NPX NAMES npx)
  find_program(PQFLOW_GEN_PROGRAM NAMES pqflow-gen HINTS ${CMAKE_CURRENT_SOURCE_DIR}/node_modules/.bin ${CMAKE_SOURCE_DIR}/node_modules/.bin)
  mark_as_advanced(PQFLOW_NODE PQFLOW_NPX PQFLOW_GEN_PROGRAM)
  get_property(checkout_generator GLOBAL PROPERTY PQFLOW_CHECKOUT_GENERATOR)

  set(${OUT} "" PARENT_SCOPE)
  if(NOT PQFLOW_NODE)
    return()
  endif()
  foreach(candidate "${PQFLOW_NODE};${checkout_generator}" "${PQFLOW_GEN_PROGRAM}" "${PQFLOW_NPX};--no-install;pqflow-gen")
    list(GET candidate -1 program)
    if((IS_ABSOLUTE "${program}" AND EXISTS "${program}") OR (program STREQUAL "pqflow-gen" AND PQFLOW_NPX))
      _pqflow_generator_version(version ${candidate})
      if(version)
        set(${OUT} "${candidate}" PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
endfunction()

# Sets OUT to the generator's command, or to an empty string when there is none. Searched once per configuration.
function(_pqflow_generator_command OUT)
  if(PQFLOW_GEN)
    _pqflow_generator_version(version ${PQFLOW_GEN})
    if(NOT version)
      string(REPLACE ";" " " shown "${PQFLOW_GEN}")
      message(FATAL_ERROR "pqflow: PQFLOW_GEN is \"${shown}\", but `${shown} --version` does not run.\nSet PQFLOW_GEN to a working pqflow-gen command, or leave it empty to look for one.")
    endif()
    set(${OUT} "${PQFLOW_GEN}" PARENT_SCOPE)
  elseif(NOT PQFLOW_GEN STREQUAL "")
    set(${OUT} "" PARENT_SCOPE)
  else()
    get_property(searched GLOBAL PROPERTY PQFLOW_GENERATOR_COMMAND SET)
    if(NOT searched)
      _pqflow_search_generator(command)
      set_property(GLOBAL PROPERTY PQFLOW_GENERATOR_COMMAND "${command}")
    endif()
    get_property(command GLOBAL PROPERTY PQFLOW_GENERATOR_COMMAND)
    set(${OUT} "${command}" PARENT_SCOPE)
  endif()
endfunction()
