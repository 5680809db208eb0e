# Page codecs. Each is in the build when its library is found, unless it is switched off: -DPQFLOW_WITH_SNAPPY=OFF. Sets
#   PQFLOW_CODEC_DEFINITIONS   PQFLOW_WITH_<CODEC>=1 of those that are in
#   PQFLOW_CODEC_TARGETS       their imported libraries
#   PQFLOW_CODEC_PACKAGES      their finders' names, for the installed CMake package
#   PQFLOW_CODEC_PC_NAMES      their names for pkg-config
set(PQFLOW_CODEC_DEFINITIONS "")
set(PQFLOW_CODEC_TARGETS "")
set(PQFLOW_CODEC_PACKAGES "")
set(PQFLOW_CODEC_PC_NAMES "")

macro(_pqflow_codec NAME PACKAGE TARGET PC_NAME)
  option(PQFLOW_WITH_${NAME} "Build the codec ${NAME} where its library is installed" ON)
  if(PQFLOW_WITH_${NAME})
    find_package(${PACKAGE})
    if(${PACKAGE}_FOUND)
      list(APPEND PQFLOW_CODEC_DEFINITIONS PQFLOW_WITH_${NAME}=1)
      list(APPEND PQFLOW_CODEC_TARGETS ${TARGET})
      list(APPEND PQFLOW_CODEC_PACKAGES ${PACKAGE})
      list(APPEND PQFLOW_CODEC_PC_NAMES ${PC_NAME})
    endif()
  endif()
endmacro()

_pqflow_codec(SNAPPY PqflowSnappy pqflow::dependency_snappy snappy)
_pqflow_codec(BROTLI PqflowBrotli pqflow::dependency_brotli libbrotlienc)
_pqflow_codec(ZSTD PqflowZstd pqflow::dependency_zstd libzstd)
_pqflow_codec(LZ4 PqflowLz4 pqflow::dependency_lz4 liblz4)

# libdeflate is needed in any case, for the CRC-32 of pages: it adds no library.
option(PQFLOW_WITH_GZIP "Build the codec GZIP" ON)
if(PQFLOW_WITH_GZIP)
  list(APPEND PQFLOW_CODEC_DEFINITIONS PQFLOW_WITH_GZIP=1)
endif()
