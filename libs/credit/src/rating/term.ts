import type { CreditPolicy } from '../policy/policy-schema';

export interface TermInput {
  /** Days that the grade or the new-customer rule gives. */
  granted: number;
  /** The seller counts as a small or medium enterprise by law. */
  sellerIsSme: boolean;
  /** Class of the buyer that the policy knows lawful terms for (`government`, `large_enterprise`); null = none. */
  buyerClass: string | null;
}

export interface Term {
  days: number;
  /** The lawful maximum that it was cut to, or (in mode `warn`) goes beyond; null = neither. */
  statutory: { days: number; enforced: boolean } | null;
}

/**
 * The term: the longest allowed one of at most the granted days, then the statutory maximum of the buyer's class
 * where the seller is small. Without a lawful maximum the lawful default counts. (Method, Rating, 3.)
 */
export function termOf({ granted, sellerIsSme, buyerClass }: TermInput, { term }: CreditPolicy): Term {
  const law = sellerIsSme && buyerClass !== null ? term.statutoryWhenSellerIsSme[buyerClass] : undefined;
  const days = longestAllowed(term.allowed, granted);
  if (!law) return { days, statutory: null };
  const lawful = law.max ?? law.default;
  if (days <= lawful) return { days, statutory: null };
  const enforced = law.mode === 'enforce';
  return { days: enforced ? longestAllowed(term.allowed, lawful) : days, statutory: { days: lawful, enforced } };
}

function longestAllowed(allowed: readonly number[], most: number): number {
  return allowed.reduce((best, days) => (days <= most && days > best ? days : best), 0);
}
