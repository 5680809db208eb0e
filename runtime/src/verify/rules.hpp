// What the verifier checks: one entry per rule, with the name that findings and tests call it by. Each rule is caught by at least one
// damaged file in the tests that no other rule catches.
#pragma once

#include <cstdint>
#include <span>

namespace pqflow::verify {

enum class Rule : uint8_t {
  // The file around its data.
  kFileMagic,
  kFooterLength,
  kThrift,
  kRequiredField,
  kVersion,
  kCreatedBy,
  kFileRows,
  kColumnOrders,
  kColumnOrderType,
  kArrowSchema,
  // Schema.
  kSchemaTree,
  kSchemaRoot,
  kSchemaName,
  kLeafType,
  kTypeLength,
  kLogicalType,
  kConvertedType,
  kDecimal,
  kList,
  kMap,
  // Row groups and column chunks.
  kRowGroupColumns,
  kRowGroupRows,
  kRowGroupSize,
  kRowGroupOffset,
  kRowGroupOrdinal,
  kSorting,
  kChunkType,
  kChunkPath,
  kChunkCodec,
  kChunkFilePath,
  kChunkPlace,
  kChunkValues,
  kChunkUncompressedSize,
  kDataPageOffset,
  kDictionaryPageOffset,
  kEncodings,
  kEncodingStats,
  kSizeLimit,
  // Pages.
  kPageOrder,
  kPageSize,
  kPageCrc,
  kPageCodec,
  kPageUncompressedSize,
  kPageEncoding,
  kPageLevels,
  kPageValues,
  kPageRows,
  kPageNulls,
  kDeltaWidth,
  kDictionaryIndex,
  kRowBoundary,
  // Values.
  kUtf8,
  kValueRange,
  // Statistics.
  kNullCount,
  kNanCount,
  kNanCountMissing,
  kBoundsPair,
  kBoundsForm,
  kBoundsOrder,
  kBoundsHold,
  kBoundsExact,
  kBoundsZero,
  kBoundsNan,
  kBoundsForbidden,
  kDistinctCount,
  kSizeStatistics,
  // Indexes.
  kIndexPlace,
  kOffsetIndexPages,
  kOffsetIndexRows,
  kColumnIndexShape,
  kColumnIndexNulls,
  kColumnIndexBounds,
  kBoundaryOrder,
  kBloomHeader,
  kBloomMembership,
  // Against a schema that is given.
  kExpectedColumns,
  kExpectedId,
  kExpectedRepetition,
  kExpectedType,
  kExpectedLogicalType,
  kExpectedFingerprint,
};

struct RuleText {
  const char* id;   // As in findings: "page-crc".
  const char* law;  // What must hold, one sentence, with the place that says so.
};

const RuleText& text_of(Rule rule) noexcept;
std::span<const RuleText> all_rules() noexcept;

}  // namespace pqflow::verify
