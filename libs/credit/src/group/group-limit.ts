import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

/** One customer belongs to another one, as a subsidiary to its parent. */
export interface GroupLink {
  member: string;
  parent: string;
}

/** A limit that several customers share, as one of them meets it. Amounts in the policy's currency. */
export interface GroupShare {
  /** On whom the limit was decided; it binds that customer and all below it. */
  parent: string;
  limit: Decimal;
  /** What the other members use of it. */
  othersExposure: Decimal;
  /** How many they are. */
  others: number;
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
  for (const parent of [...limits.keys()].sort()) {
    const limit = limits.get(parent)!;
    for (const [member, share] of sharesOf(parent, limit, membersOf(parent, links), exposures)) {
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
function membersOf(parent: string, links: readonly GroupLink[]): string[] {
  const members = new Set([parent]);
  for (const each of members) for (const link of links) if (link.parent === each) members.add(link.member);
  return [...members];
}
