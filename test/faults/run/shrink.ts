import type { Fault } from '../schedule/fault';

/**
 * The fewest faults that still fail: takes out halves, then quarters, down to single ones, as long as what is left
 * fails. `fails` may be unlucky: a race that shows every other time shrinks less far, never to something that passes.
 */
export async function shrink(
  faults: readonly Fault[],
  fails: (faults: readonly Fault[]) => Promise<boolean>,
): Promise<Fault[]> {
  let left = [...faults];
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length;) {
      const fewer = [...left.slice(0, from), ...left.slice(from + size)];
      if (await fails(fewer)) left = fewer;
      else from += size;
    }
  }
  return left;
}
