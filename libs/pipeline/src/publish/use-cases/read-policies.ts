import { Inject, Injectable } from '@nestjs/common';
import type { CreditPolicy } from '@syncline/credit';
import type { CreditRating, LocalDate } from '@syncline/model';
import { POLICY_STORE, type PolicyStore, type StoredPolicy } from '../../rate/credit-state.port';
import { policyOn, PolicyTexts } from '../../rate/stored-policy';
import { requestError } from '../problem/problem';

/** The policies of the installation, as the rate stage registers them. */
@Injectable()
export class ReadPolicies {
  private readonly texts = new PolicyTexts();

  constructor(@Inject(POLICY_STORE) private readonly policies: PolicyStore) {}

  /** In the order in which they were put in place, and which of them is in force on a day. */
  async list(asOf: LocalDate): Promise<{ policies: StoredPolicy[]; inForce: StoredPolicy | undefined }> {
    const policies = await this.policies.list();
    return { policies, inForce: policyOn(policies, asOf) };
  }

  /** @throws SynclineError POLICY_NOT_FOUND before the rate stage first started */
  async inForce(asOf: LocalDate): Promise<CreditPolicy> {
    const { inForce } = await this.list(asOf);
    if (!inForce) throw requestError('POLICY_NOT_FOUND', 'No policy is registered yet.');
    return this.texts.policyOf(inForce);
  }

  /** The policy that made a rating. @throws SynclineError POLICY_NOT_FOUND for one from before policies were kept */
  async thatMade(rating: Pick<CreditRating, 'policy' | 'policyVersion' | 'decidedAt'>): Promise<CreditPolicy> {
    const named = (await this.policies.list()).filter(
      ({ id, version }) => id === rating.policy && version === rating.policyVersion,
    );
    // A file may have been changed without a new version: then the latest text of before the decision counts.
    const found = named.findLast(({ registeredAt }) => registeredAt <= rating.decidedAt) ?? named.at(0);
    if (found) return this.texts.policyOf(found);
    throw requestError('POLICY_NOT_FOUND', `Policy ${rating.policy} version ${rating.policyVersion} is not kept.`);
  }
}
