import type { AccountRow, GoldenAttribute } from './reconcile-store.port';

/** Attributes of the golden record, and where in an account's profile their candidates stand. */
export const GOLDEN_ATTRIBUTES = [
  'name',
  'code',
  'country',
  'currency',
  'segment',
  'tax_id',
  'phone',
  'email',
  'website',
  'street',
  'city',
  'postal_code',
] as const;
export type GoldenAttributeName = (typeof GOLDEN_ATTRIBUTES)[number];

/**
 * How one value is chosen among the accounts that have one.
 * - `priority`: the system that comes first in `systems`, or else by the systems' own priority
 * - `longest`: the longest text (the fullest name or address)
 * - `most_common`: what most accounts say
 * Ties fall to priority, then to the account's key. Accounts in use go before those that are not.
 */
export interface SurvivorshipRule {
  rule: 'priority' | 'longest' | 'most_common';
  systems?: readonly string[];
}

export interface SurvivorshipRules {
  ruleOf(attribute: GoldenAttributeName): SurvivorshipRule;
  priorityOf(system: string): number;
}

interface Candidate {
  value: string;
  account: AccountRow;
}

/** The golden attributes of the customer that these accounts make, each with its provenance. */
export function goldenAttributes(accounts: AccountRow[], rules: SurvivorshipRules): Record<string, GoldenAttribute> {
  const result: Record<string, GoldenAttribute> = {};
  const inUse = accounts.filter(isInUse);
  const notInUse = inUse.length < accounts.length;
  for (const attribute of GOLDEN_ATTRIBUTES) {
    const rule = rules.ruleOf(attribute);
    const chosen =
      choose(candidates(inUse, attribute), rule, rules) ??
      (notInUse ? choose(candidates(accounts, attribute), rule, rules) : undefined);
    if (chosen)
      result[attribute] = {
        value: chosen.value,
        system: chosen.account.system,
        account: chosen.account.key,
        rule: rule.rule,
      };
  }
  return result;
}

function isInUse({ profile }: AccountRow): boolean {
  return profile.active && !profile.deleted && profile.mergedInto === null;
}

function candidates(accounts: AccountRow[], attribute: GoldenAttributeName): Candidate[] {
  const found: Candidate[] = [];
  for (const account of accounts) {
    const value = valueOf(account, attribute);
    if (value) found.push({ value, account });
  }
  return found;
}

function choose(list: Candidate[], rule: SurvivorshipRule, rules: SurvivorshipRules): Candidate | undefined {
  if (list.length < 2) return list[0];
  const counts = new Map<string, number>();
  for (const { value } of list) counts.set(value, (counts.get(value) ?? 0) + 1);
  const rank = (system: string): number => {
    const place = rule.systems?.indexOf(system) ?? -1;
    return place >= 0 ? place - 1_000_000 : rules.priorityOf(system);
  };
  const strength = ({ value }: Candidate): number =>
    rule.rule === 'longest' ? value.length : rule.rule === 'most_common' ? counts.get(value)! : 0;
  return [...list].sort(
    (x, y) =>
      strength(y) - strength(x) ||
      rank(x.account.system) - rank(y.account.system) ||
      (x.account.key < y.account.key ? -1 : 1),
  )[0];
}

function valueOf({ profile }: AccountRow, attribute: GoldenAttributeName): string | null {
  const contact = (type: string): string | null =>
    profile.contacts.find((each) => each.type === type && each.value !== '')?.value ?? null;
  switch (attribute) {
    case 'tax_id':
      return (profile.identifiers.find((each) => each.valid) ?? profile.identifiers[0])?.value ?? null;
    case 'phone':
      return contact('phone') ?? contact('mobile');
    case 'email':
    case 'website':
      return contact(attribute);
    case 'street':
      return profile.addresses[0]?.street ?? null;
    case 'city':
      return profile.addresses[0]?.city ?? null;
    case 'postal_code':
      return profile.addresses[0]?.postalCode ?? null;
    case 'country':
      return profile.country ?? profile.addresses[0]?.country ?? null;
    default:
      return profile[attribute];
  }
}
