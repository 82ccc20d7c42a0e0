const BITS = 1 << 24;
/** With so many keys (10 bits for each) one look-up in a hundred of a key that is not there is made in vain. */
const PROBES = 4;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Keys that a table may hold: says for most keys that are not there that they are not (a Bloom filter, 2 MB). A key
 * that was added is never denied. It fills up with 1.6 million keys; beyond, it denies fewer and fewer.
 */
export class KnownKeys {
  static readonly CAPACITY = BITS / 10;
  private readonly bits = new Uint32Array(BITS / 32);

  add(key: readonly string[]): void {
    const first = hash(key);
    const step = stepOf(first);
    for (let probe = 0, at = first; probe < PROBES; probe++, at = (at + step) >>> 0) {
      const bit = at & (BITS - 1);
      this.bits[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** False: it was never added. */
  mayHave(key: readonly string[]): boolean {
    const first = hash(key);
    const step = stepOf(first);
    for (let probe = 0, at = first; probe < PROBES; probe++, at = (at + step) >>> 0) {
      const bit = at & (BITS - 1);
      if ((this.bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** FNV-1a over the code units of all parts, each with an end, and mixed, so that near keys lie apart. */
function hash(parts: readonly string[]): number {
  let value = FNV_OFFSET;
  for (const part of parts) {
    for (let at = 0; at < part.length; at++) value = Math.imul(value ^ part.charCodeAt(at), FNV_PRIME);
    value = Math.imul(value ^ 0x1ffff, FNV_PRIME);
  }
  return mixed(value);
}

function stepOf(first: number): number {
  return mixed(first ^ 0x9e3779b9) | 1;
}

function mixed(value: number): number {
  let result = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  result = Math.imul(result ^ (result >>> 13), 0xc2b2ae35);
  return (result ^ (result >>> 16)) >>> 0;
}
