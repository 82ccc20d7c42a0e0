import type { CreditOverride } from '@syncline/credit';
import type { StoredPolicy } from '../../rate/credit-state.port';
import type { DiffSide, PolicyDiff, PolicyMove } from '../../rate/diff-policies';

export function overrideView(override: CreditOverride) {
  return {
    id: override.id,
    customer_id: override.customerId,
    kind: override.kind,
    status: override.status,
    grade: override.grade,
    term_days: override.termDays,
    limit: override.limit,
    hold: override.hold,
    reason: override.reason,
    attachment: override.attachment,
    valid_from: override.validFrom,
    valid_to: override.validTo,
    proposed_by: override.proposedBy,
    proposed_at: override.proposedAt,
    decided_by: override.decidedBy,
    decided_at: override.decidedAt,
    revoked_by: override.revokedBy,
    revoked_at: override.revokedAt,
  };
}

/** A policy without its text. */
export function policyView(policy: StoredPolicy, inForce: StoredPolicy | undefined) {
  const { impact } = policy;
  return {
    digest: policy.digest,
    id: policy.id,
    version: policy.version,
    effective_from: policy.effectiveFrom,
    status: policy.status,
    in_force: policy.digest === inForce?.digest,
    registered_at: policy.registeredAt,
    applied_at: policy.appliedAt,
    impact: impact && { ...impactView(impact), as_of: impact.asOf },
    decided_by: policy.decidedBy,
    decided_at: policy.decidedAt,
  };
}

function impactView({ customers, moved, better, worse }: Pick<PolicyDiff, 'customers' | 'moved' | 'better' | 'worse'>) {
  return { customers, moved, better, worse };
}

export function policyDiffView(diff: PolicyDiff) {
  return {
    as_of: diff.asOf,
    ...impactView(diff),
    exposure: diff.exposure,
    currency: diff.currency,
    grades: diff.grades,
    moves: diff.moves.map(moveView),
  };
}

function moveView({ customerId, name, from, to, direction, exposure, reasons }: PolicyMove) {
  return { customer_id: customerId, name, from: sideView(from), to: sideView(to), direction, exposure, reasons };
}

function sideView({ termDays, ...side }: DiffSide) {
  return { ...side, term_days: termDays };
}
