import { rowsOf, type Fold } from './fold';

/** Customers as sets of accounts (`system/key`): those that share a number, and those that a system joined itself. */
export function customerSets(fold: Fold, systems: readonly string[]): string[][] {
  const setOf = new Map<string, Set<string>>();
  for (const system of systems)
    for (const id of rowsOf(fold, system, 'party_party').keys())
      setOf.set(`${system}/${id}`, new Set([`${system}/${id}`]));
  for (const [one, other] of connections(fold, systems)) join(setOf, one, other);
  return [...new Set(setOf.values())].map((set) => [...set].sort());
}

function* connections(fold: Fold, systems: readonly string[]): Generator<[string, string]> {
  const firstWithNumber = new Map<string, string>();
  for (const system of systems) {
    for (const [id, { replaced_by: other }] of rowsOf(fold, system, 'party_party'))
      if (other !== null) yield [`${system}/${id}`, `${system}/${String(other)}`];
    for (const { party, code } of rowsOf(fold, system, 'party_identifier').values()) {
      const account = `${system}/${String(party)}`;
      if (!rowsOf(fold, system, 'party_party').has(party as number)) continue;
      const first = firstWithNumber.get(String(code));
      if (first === undefined) firstWithNumber.set(String(code), account);
      else yield [first, account];
    }
  }
}

function join(setOf: Map<string, Set<string>>, one: string, other: string): void {
  const [kept, given] = [setOf.get(one), setOf.get(other)];
  if (!kept || !given || kept === given) return;
  for (const account of given) {
    kept.add(account);
    setOf.set(account, kept);
  }
}
