import { Inject, Injectable } from '@nestjs/common';
import { parseCreditPolicy } from '@syncline/credit';
import { settings } from '@syncline/model';
import { POLICY_STORE, type PolicyStatus, type PolicyStore, type StoredPolicy } from '../../rate/credit-state.port';
import type { PolicyDiff } from '../../rate/diff-policies';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { POLICY_DIFFS, type PolicyDiffs } from '../ports/commands.port';
import { requestError } from '../problem/problem';
import { ReadPolicies } from './read-policies';

/** What a candidate is called in findings. */
const CANDIDATE = 'policy';

/** Looking at a policy before it takes effect, and letting it. */
@Injectable()
export class DecidePolicies {
  constructor(
    @Inject(POLICY_STORE) private readonly policies: PolicyStore,
    @Inject(POLICY_DIFFS) private readonly diffs: PolicyDiffs,
    private readonly read: ReadPolicies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Who would move by a policy today, against `base`, or against the one in force.
   * @throws SynclineError POLICY_INVALID, POLICY_NOT_FOUND
   */
  async diff(texts: { candidate: string; base?: string }, mostMoves: number): Promise<PolicyDiff> {
    const today = this.clock.today();
    const to = checked(texts.candidate, CANDIDATE);
    const from = texts.base === undefined ? await this.read.inForce(today) : checked(texts.base, 'base');
    return this.diffs.diff(from, to, today, mostMoves);
  }

  /**
   * Lets a waiting policy take effect at its date, or refuses it: then the one before stays. The rate stage sees it at
   * its next look.
   * @throws SynclineError POLICY_NOT_FOUND, POLICY_DECIDED
   */
  async decide(digest: string, status: Exclude<PolicyStatus, 'waiting'>, by: string): Promise<StoredPolicy> {
    const policy = (await this.policies.list()).find((each) => each.digest === digest);
    if (!policy) throw requestError('POLICY_NOT_FOUND', 'No policy has this digest.', 'digest');
    if (policy.status !== 'waiting') throw requestError('POLICY_DECIDED', `It is ${policy.status}.`, 'digest');
    const decided = { ...policy, status, decidedBy: by, decidedAt: instantOf(this.clock.now()) };
    await this.policies.save(decided);
    return decided;
  }
}

function checked(text: string, file: string) {
  const { policy, findings } = parseCreditPolicy(text, file);
  if (policy) return policy;
  throw requestError('POLICY_INVALID', findings.map(settings.findingText).join('\n'), file);
}
