import { Inject, Injectable } from '@nestjs/common';
import {
  approvalRefusal,
  checkOverride,
  needsApproval,
  type ApprovalRefusal,
  type CreditOverride,
  type CreditPolicy,
  type OverrideProposal,
} from '@syncline/credit';
import type { CreditRating } from '@syncline/model';
import { OVERRIDE_STORE, type OverrideStore } from '../../rate/credit-state.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import type { PublishErrorCode } from '../errors';
import { CUSTOMER_QUERIES, type CustomerQueries } from '../ports/customer-queries.port';
import { RATING_QUERIES, type RatingQueries } from '../ports/rating-queries.port';
import { requestError } from '../problem/problem';
import { findCustomer } from './find-customer';
import { RANDOM_BYTES, type RandomBytes } from './issue-api-key';
import { ReadPolicies } from './read-policies';

const ID_BYTES = 8;

const REFUSALS: Readonly<Record<ApprovalRefusal, [PublishErrorCode, string]>> = {
  NOT_PROPOSED: ['OVERRIDE_DECIDED', 'It was decided before.'],
  SAME_PERSON: ['OVERRIDE_SAME_PERSON', 'The key that proposed it can not approve it.'],
  EXPIRED: ['OVERRIDE_DECIDED', 'Its last day has passed.'],
};

/** People's decisions on credit: proposed by one, approved by another, revoked by anyone who may decide. */
@Injectable()
export class DecideOverrides {
  constructor(
    @Inject(OVERRIDE_STORE) private readonly overrides: OverrideStore,
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(RATING_QUERIES) private readonly ratings: RatingQueries,
    private readonly policies: ReadPolicies,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM_BYTES) private readonly random: RandomBytes,
  ) {}

  /** @throws SynclineError CUSTOMER_NOT_FOUND, RATING_NOT_FOUND, OVERRIDE_REFUSED */
  async propose(customerId: string, proposal: OverrideProposal, by: string): Promise<CreditOverride> {
    const { customer } = await findCustomer(this.customers, customerId);
    const { rating, policy } = await this.checked(customer.id, proposal);
    const isFree = !needsApproval(proposal, rating, policy);
    const at = instantOf(this.clock.now());
    const override: CreditOverride = {
      ...proposal,
      id: this.random(ID_BYTES).toString('hex'),
      customerId: customer.id,
      status: isFree ? 'approved' : 'proposed',
      proposedBy: by,
      proposedAt: at,
      decidedBy: isFree ? by : null,
      decidedAt: isFree ? at : null,
      revokedBy: null,
      revokedAt: null,
    };
    await this.overrides.add(override);
    return override;
  }

  /**
   * What was allowed when it was proposed must still be.
   * A customer that was merged meanwhile is judged as the one that it is now.
   * @throws SynclineError OVERRIDE_NOT_FOUND, OVERRIDE_SAME_PERSON, OVERRIDE_DECIDED, OVERRIDE_REFUSED
   */
  async approve(id: string, by: string): Promise<CreditOverride> {
    const override = await this.found(id);
    const refusal = approvalRefusal(override, by, await this.policy(), this.clock.today());
    if (refusal) throw requestError(...REFUSALS[refusal], 'id');
    const { customer } = await findCustomer(this.customers, override.customerId);
    await this.checked(customer.id, override);
    return this.change(override, { status: 'approved', decidedBy: by, decidedAt: instantOf(this.clock.now()) });
  }

  /** Its proposer may take it back so. @throws SynclineError OVERRIDE_NOT_FOUND, OVERRIDE_DECIDED */
  async reject(id: string, by: string): Promise<CreditOverride> {
    const override = await this.found(id);
    if (override.status !== 'proposed') throw requestError(...REFUSALS.NOT_PROPOSED, 'id');
    return this.change(override, { status: 'rejected', decidedBy: by, decidedAt: instantOf(this.clock.now()) });
  }

  /** Ends one that is approved, at once. @throws SynclineError OVERRIDE_NOT_FOUND, OVERRIDE_DECIDED */
  async revoke(id: string, by: string): Promise<CreditOverride> {
    const override = await this.found(id);
    if (override.status !== 'approved') throw requestError('OVERRIDE_DECIDED', 'It is not approved.', 'id');
    return this.change(override, { status: 'revoked', revokedBy: by, revokedAt: instantOf(this.clock.now()) });
  }

  private async change(override: CreditOverride, changes: Partial<CreditOverride>): Promise<CreditOverride> {
    const changed = { ...override, ...changes };
    if (await this.overrides.change(changed, override.status)) return changed;
    throw requestError('OVERRIDE_DECIDED', 'Somebody decided it at the same time.', 'id');
  }

  private async checked(
    customerId: string,
    proposal: OverrideProposal,
  ): Promise<{ rating: CreditRating; policy: CreditPolicy }> {
    const rating = await this.ratings.current(customerId);
    if (!rating) throw requestError('RATING_NOT_FOUND', 'The customer was not rated.', 'id');
    const policy = await this.policy();
    const findings = checkOverride(proposal, rating, policy, this.clock.today());
    if (findings.length === 0) return { rating, policy };
    const detail = findings.map(({ code, message }) => `${code}: ${message}`).join('; ');
    throw requestError('OVERRIDE_REFUSED', detail, [...new Set(findings.map(({ field }) => field))].join(', '));
  }

  private policy(): Promise<CreditPolicy> {
    return this.policies.inForce(this.clock.today());
  }

  private async found(id: string): Promise<CreditOverride> {
    const override = await this.overrides.find(id);
    if (!override) throw requestError('OVERRIDE_NOT_FOUND', 'No override has this id.', 'id');
    return override;
  }
}
