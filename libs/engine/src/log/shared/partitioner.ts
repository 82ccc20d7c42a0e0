const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** MurmurHash2, 32 bits, as Kafka's clients hash keys: a key stays in its partition when a log is moved to Kafka. */
export function murmur2(bytes: Buffer): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  const rest = length - at;
  if (rest === 3) hash ^= bytes[at + 2] << 16;
  if (rest >= 2) hash ^= bytes[at + 1] << 8;
  if (rest >= 1) hash = Math.imul(hash ^ bytes[at], MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The partition of a key. Messages without a key all go to partition 0: their order is worth more than their spread. */
export function partitionOf(key: Buffer | null, partitions: number): number {
  if (partitions === 1 || key === null) return 0;
  return (murmur2(key) & 0x7fffffff) % partitions;
}
