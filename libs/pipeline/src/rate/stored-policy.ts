import { creditPolicyOf, type CreditPolicy } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import type { StoredPolicy } from './credit-state.port';
import { policyDigest } from './policy-digest';

/** Policies of stored texts, each read once. */
export class PolicyTexts {
  private readonly read: Map<string, CreditPolicy>;

  constructor(known: readonly CreditPolicy[] = []) {
    this.read = new Map(known.map((policy) => [policyDigest(policy), policy]));
  }

  /** @throws SynclineError CREDIT_POLICY_INVALID when this version can't read it any more */
  policyOf({ digest, text, file, id, version }: StoredPolicy): CreditPolicy {
    const policy = this.read.get(digest) ?? creditPolicyOf(text, `${file} (${id}@${version})`);
    this.read.set(digest, policy);
    return policy;
  }
}

/**
 * The policy in force on a day: of those accepted whose day has come, the one put in place last; before the first
 * one's day, the one that begins first.
 */
export function policyOn(policies: readonly StoredPolicy[], asOf: LocalDate): StoredPolicy | undefined {
  const accepted = policies.filter(({ status }) => status === 'accepted').sort(byRegistration);
  const begun = accepted.filter(({ effectiveFrom }) => effectiveFrom <= asOf);
  return begun.at(-1) ?? accepted.toSorted((a, b) => order(a.effectiveFrom, b.effectiveFrom)).at(0);
}

/** The policy that all customers were last told to be rated by. */
export function lastApplied(policies: readonly StoredPolicy[]): StoredPolicy | undefined {
  const applied = policies.filter(({ appliedAt }) => appliedAt !== null);
  return applied.sort((a, b) => order(a.appliedAt ?? '', b.appliedAt ?? '')).at(-1);
}

/** The one put in place first comes first. */
export function byRegistration(a: StoredPolicy, b: StoredPolicy): number {
  return order(a.registeredAt, b.registeredAt) || order(a.digest, b.digest);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
