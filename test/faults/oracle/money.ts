/** Amounts of the workload have two places at the most: whole cents are exact. */
export function cents(amount: unknown): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(String(amount));
  if (!match) throw new Error(`${String(amount)} is no amount of at most two places`);
  const [, sign, whole, fraction = ''] = match;
  const value = BigInt(whole!) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

export function add<K>(sums: Map<K, bigint>, key: K, by: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + by);
}
