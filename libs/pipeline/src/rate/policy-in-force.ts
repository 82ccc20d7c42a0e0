import type { CreditPolicy } from '@syncline/credit';
import type { LocalDate } from '@syncline/model';
import type { PolicyStore } from './credit-state.port';
import { PolicyTexts, policyOn } from './stored-policy';

/**
 * Which policy is in force on a day, for those that put none in place: the policy book of the rate stage registers
 * and applies. Before it first did, the configuration's counts.
 */
export class PolicyInForce {
  private readonly texts: PolicyTexts;

  constructor(
    private readonly store: Pick<PolicyStore, 'list'>,
    private readonly fromFile: CreditPolicy,
  ) {
    this.texts = new PolicyTexts([fromFile]);
  }

  /** @throws SynclineError CREDIT_POLICY_INVALID when this version can't read it any more */
  async inForce(asOf: LocalDate): Promise<CreditPolicy> {
    const stored = policyOn(await this.store.list(), asOf);
    return stored ? this.texts.policyOf(stored) : this.fromFile;
  }
}
