import type { AppliedWrite, RecordingTarget } from './recording-target';

/** A delivery as the store has it, at the end. */
export interface DeliveryRow {
  account: string;
  customer: string;
  state: string;
  confirmedVersion: number | null;
  desired: { version: number; grade: string | null; days: number; limit: string | null; hold: string } | null;
}

const BLOCKED: Readonly<Record<string, string>> = { none: 'no', new_orders: 'orders', all: 'all' };

/** What the target saw that it must not have seen, and what it should hold and doesn't. */
export function targetFlaws(target: RecordingTarget, deliveries: readonly DeliveryRow[]): string[] {
  return [...appliedTwice(target.applied), ...deliveries.flatMap((row) => flawOf(target, row))];
}

/** A write carries the tag of what it was made for, so no repetition may ever be applied. */
function appliedTwice(writes: readonly AppliedWrite[]): string[] {
  const first = new Map<string, AppliedWrite>();
  return writes.flatMap((write) => {
    const known = first.get(write.key);
    first.set(write.key, known ?? write);
    if (!known) return [];
    return [
      `target: ${write.account} was written twice under one key${known.body === write.body ? '' : ', differently'}`,
    ];
  });
}

function flawOf(target: RecordingTarget, { account, state, confirmedVersion, desired }: DeliveryRow): string[] {
  if (state !== 'confirmed') return [`target: the delivery to ${account} is ${state}`];
  if (!desired) return [`target: ${account} was given a rating that is not in force`];
  const flaws: string[] = [];
  if (confirmedVersion !== desired.version)
    flaws.push(`target: ${account} has version ${confirmedVersion}, in force is ${desired.version}`);
  const held = JSON.stringify(target.credit(account));
  const { grade, days, limit, hold } = desired;
  const wanted = JSON.stringify({ grade, days, limit, blocked: BLOCKED[hold] });
  if (held !== wanted) flaws.push(`target: ${account} is confirmed with ${wanted} and holds ${held}`);
  return flaws;
}
