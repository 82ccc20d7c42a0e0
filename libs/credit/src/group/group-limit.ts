import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

/** A member of a group of customers that share one limit, such as subsidiaries of one parent. */
export interface GroupMember {
  customerId: string;
  /** In the group's currency. */
  exposure: Decimal;
}

/** What a shared limit leaves for each member. */
export interface MemberShare {
  customerId: string;
  /** Exposure of all members but this one. */
  othersExposure: Decimal;
  /** The group's limit less what the others use, never below zero: the most that this member's limit may be. */
  most: Decimal;
}

/**
 * Shares a group's limit among its members: each may use what the others leave, so that no single one can bring the
 * group above its limit. Credit balances of one member free nothing for the others. Members with equal ids count once
 * each as given. In one currency.
 */
export function shareGroupLimit(
  limit: Decimal,
  members: readonly GroupMember[],
): { shares: MemberShare[]; exposure: Decimal; isOver: boolean } {
  const used = members.map(({ exposure }) => atLeastZero(new Big(exposure)));
  const total = used.reduce((sum, each) => sum.plus(each), new Big(0));
  const shares = members.map(({ customerId }, index) => {
    const others = total.minus(used[index]);
    const most = atLeastZero(new Big(limit).minus(others));
    return { customerId, othersExposure: canonicalDecimal(others), most: canonicalDecimal(most) };
  });
  return { shares, exposure: canonicalDecimal(total), isOver: total.gt(limit) };
}

function atLeastZero(amount: Big): Big {
  return amount.lt(0) ? new Big(0) : amount;
}
