import { Big, canonicalDecimal, type Decimal, type GroupShare } from '@syncline/model';

/** One customer belongs to another one, as a subsidiary to its parent. */
export interface GroupLink {
  member: string;
  parent: string;
}

/**
 * Shares group limits among their members: each may use what the others leave, so that no single one can bring the
 * group above its limit. Credit balances of one member free nothing for the others. Of several groups that a customer
 * belongs to, one inside the other or beside it, the one that leaves the least counts; of equal ones the first parent
 * by id. Links may form circles, and come in any order.
 * @param limits by the parent on whom they were decided
 * @param exposures of all members that are rated, what cannot be known left out; others use nothing
 */
export function groupShares(
  links: readonly GroupLink[],
  limits: ReadonlyMap<string, Decimal>,
  exposures: ReadonlyMap<string, Decimal>,
): Map<string, GroupShare> {
  const shares = new Map<string, GroupShare>();
  const below = membersByParent(links);
  for (const parent of [...limits.keys()].sort()) {
    const limit = limits.get(parent)!;
    for (const [member, share] of sharesOf(parent, limit, membersOf(parent, below), exposures)) {
      const known = shares.get(member);
      if (!known || leftBy(share).lt(leftBy(known))) shares.set(member, share);
    }
  }
  return shares;
}

/** What a group leaves to one of its members: the most that its limit may be; below zero when the others use too much. */
export function leftBy({ limit, othersExposure }: Pick<GroupShare, 'limit' | 'othersExposure'>): Big {
  return new Big(limit).minus(othersExposure);
}

function sharesOf(
  parent: string,
  limit: Decimal,
  members: readonly string[],
  exposures: ReadonlyMap<string, Decimal>,
): [string, GroupShare][] {
  const used = new Map(members.map((member) => [member, usedBy(exposures.get(member))]));
  const total = [...used.values()].reduce((sum, each) => sum.plus(each), new Big(0));
  return members.map((member) => {
    const othersExposure = canonicalDecimal(total.minus(used.get(member)!));
    return [member, { parent, limit, othersExposure, others: members.length - 1 }];
  });
}

function usedBy(exposure: Decimal | undefined): Big {
  const used = new Big(exposure ?? '0');
  return used.lt(0) ? new Big(0) : used;
}

/** The parent and all below it, each once. */
function membersOf(parent: string, below: ReadonlyMap<string, readonly string[]>): string[] {
  const members = new Set([parent]);
  // A set that grows while it is walked: what is added is visited too.
  for (const each of members) for (const member of below.get(each) ?? []) members.add(member);
  return [...members];
}

function membersByParent(links: readonly GroupLink[]): Map<string, string[]> {
  const below = new Map<string, string[]>();
  for (const { member, parent } of links) {
    const members = below.get(parent);
    if (members) members.push(member);
    else below.set(parent, [member]);
  }
  return below;
}
