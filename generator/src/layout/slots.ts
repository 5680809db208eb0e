/** Slot arithmetic of the ring; equal to pqflow_commit_offset_bytes() and pqflow_slot_size_bytes() of pqflow/lane.h, which a test compares. */

export function commitOffsetBytes(recordSizeBytes: number): number {
  return roundUp(recordSizeBytes, 4);
}

export function slotSizeBytes(recordSizeBytes: number, recordAlignBytes: number): number {
  const slotBytes = roundUp(commitOffsetBytes(recordSizeBytes) + 4, Math.max(recordAlignBytes, 8));
  const linesBytes = roundUp(slotBytes, 64);
  return (linesBytes - slotBytes) * 4 <= slotBytes ? linesBytes : slotBytes;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
