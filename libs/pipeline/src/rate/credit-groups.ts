import { groupLimitOf, groupShares, type GroupLink } from '@syncline/credit';
import type { Decimal, LocalDate, GroupShare } from '@syncline/model';
import type { CreditState } from './credit-state.port';
import type { GroupReads } from './rate-store.port';

/** No company has so many levels above or below it; circles end by themselves. */
const MOST_LEVELS = 32;

/** Who shares limits. */
export interface CreditGroups {
  /** On whom a group limit was ever decided. */
  parents: string[];
  /** All that belongs to them. */
  links: GroupLink[];
}

/**
 * The groups in which customers share a limit, from the customers on whom a limit was ever decided down to the last of
 * their members. A limit that was revoked counts, too: its members have to be rated without it. Two queries for all
 * where nobody has one.
 */
export async function readGroups(reads: GroupReads, customerIds: readonly string[]): Promise<CreditGroups> {
  const above = await walk(customerIds, async (ids) => (await reads.parentsOf(ids)).map(({ parent }) => parent));
  const parents = await reads.withGroupLimit([...above]);
  const links: GroupLink[] = [];
  await walk(parents, async (ids) => {
    const found = await reads.membersOf(ids);
    links.push(...found);
    return found.map(({ member }) => member);
  });
  return { parents, links };
}

/** These and all that steps lead to, each visited once; a step is one query for a whole level. */
async function walk(from: readonly string[], step: (ids: string[]) => Promise<string[]>): Promise<Set<string>> {
  const seen = new Set(from);
  let fresh = [...seen];
  for (let level = 0; fresh.length > 0 && level < MOST_LEVELS; level++) {
    const next = new Set(await step(fresh));
    fresh = [...next].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
  }
  return seen;
}

/** These customers and those that share a limit with any of them. */
export function withGroupMembers(customerIds: readonly string[], { parents, links }: CreditGroups): string[] {
  return [...new Set([...customerIds, ...parents, ...links.map(({ member }) => member)])];
}

/**
 * What the groups leave to each of their members.
 * @param exposures in the policy's currency; null = not known, and counts as nothing
 */
export function sharesOfGroups(
  { parents, links }: CreditGroups,
  states: readonly CreditState[],
  exposures: ReadonlyMap<string, Decimal | null>,
  asOf: LocalDate,
): Map<string, GroupShare> {
  if (parents.length === 0) return new Map();
  const [limits, decidedOn] = [new Map<string, Decimal>(), new Set(parents)];
  for (const { customerId, overrides } of states) {
    const limit = decidedOn.has(customerId) ? groupLimitOf(overrides, asOf) : null;
    if (limit !== null) limits.set(customerId, limit);
  }
  const known = [...exposures].flatMap(([id, exposure]) => (exposure === null ? [] : [[id, exposure] as const]));
  return groupShares(links, limits, new Map(known));
}
