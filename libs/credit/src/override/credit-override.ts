import type { Decimal, Hold, Instant, LocalDate } from '@syncline/model';

/**
 * - `override`: a person decides grade, term, limit or hold otherwise than the policy
 * - `hold`: a person stops orders or deliveries; acts at once, never weakens what the policy holds
 * - `temporary_limit`: a higher limit until a day, for a season or a project
 * - `group_limit`: a limit that the customer and all that belong to it share; it only ever tightens
 */
export const OVERRIDE_KINDS = ['override', 'hold', 'temporary_limit', 'group_limit'] as const;
export type OverrideKind = (typeof OVERRIDE_KINDS)[number];

export const OVERRIDE_STATUSES = ['proposed', 'approved', 'rejected', 'revoked'] as const;
export type OverrideStatus = (typeof OVERRIDE_STATUSES)[number];

/** What a person asks for. What is null stays as the policy has it. */
export interface OverrideProposal {
  kind: OverrideKind;
  grade: string | null;
  termDays: number | null;
  /** In the policy currency. */
  limit: Decimal | null;
  hold: Hold | null;
  reason: string | null;
  /** Where the papers are: a document number or an address. Never the papers themselves. */
  attachment: string | null;
  validFrom: LocalDate;
  /** Last day; null = until it is revoked, as only holds and group limits may be. */
  validTo: LocalDate | null;
}

/** A proposal and what became of it. Actors are API keys by name. */
export interface CreditOverride extends OverrideProposal {
  id: string;
  customerId: string;
  status: OverrideStatus;
  proposedBy: string;
  proposedAt: Instant;
  /** Who approved or rejected; equal to the proposer only where the policy needs no second person. */
  decidedBy: string | null;
  decidedAt: Instant | null;
  revokedBy: string | null;
  revokedAt: Instant | null;
}

/** Whether it acts on a day: approved, begun and not expired. */
export function isInForce(override: CreditOverride, asOf: LocalDate): boolean {
  const { status, validFrom, validTo } = override;
  return status === 'approved' && validFrom <= asOf && (validTo === null || asOf <= validTo);
}

/** Those in force on a day, in the order in which they were decided; of one moment by id. */
export function overridesInForce(overrides: readonly CreditOverride[], asOf: LocalDate): CreditOverride[] {
  const place = ({ decidedAt, id }: CreditOverride) => `${decidedAt ?? ''} ${id}`;
  return overrides.filter((each) => isInForce(each, asOf)).sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** The group limit of a customer on a day: of several the one decided last. Null = none. In the policy currency. */
export function groupLimitOf(overrides: readonly CreditOverride[], asOf: LocalDate): Decimal | null {
  return overridesInForce(overrides, asOf).findLast(({ kind }) => kind === 'group_limit')?.limit ?? null;
}
