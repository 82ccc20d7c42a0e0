import type { IdentityDecision } from '../../reconcile/reconcile-store.port';

/** A person's word on two accounts. */
export function decisionView({
  id,
  verdict,
  a,
  b,
  reason,
  decidedBy,
  decidedAt,
  revokedBy,
  revokedAt,
}: IdentityDecision) {
  return {
    id,
    verdict,
    a,
    b,
    reason,
    decided_by: decidedBy,
    decided_at: decidedAt,
    revoked_by: revokedBy,
    revoked_at: revokedAt,
  };
}
