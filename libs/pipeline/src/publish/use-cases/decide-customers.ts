import { Inject, Injectable } from '@nestjs/common';
import { refOf } from '../../reconcile/account-ref';
import type { AccountRef, IdentityDecision } from '../../reconcile/reconcile-store.port';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { IDENTITY_DECISIONS, type IdentityDecisions } from '../ports/commands.port';
import { CUSTOMER_QUERIES, type CustomerQueries } from '../ports/customer-queries.port';
import { requestError } from '../problem/problem';
import { findCustomer } from './find-customer';

/** What people decide on customers, as decisions on their accounts: accounts are what matching knows. */
@Injectable()
export class DecideCustomers {
  constructor(
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(IDENTITY_DECISIONS) private readonly decisions: IdentityDecisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws SynclineError CUSTOMER_NOT_FOUND, BAD_BODY */
  async same(a: string, b: string, reason: string, decidedBy: string): Promise<IdentityDecision[]> {
    const [first, second] = [await this.accountsOf(a), await this.accountsOf(b)];
    if (first.id === second.id) throw requestError('BAD_BODY', 'Both ids are the same customer already.', 'a, b');
    return [await this.add('same', first.accounts[0], second.accounts[0], reason, decidedBy)];
  }

  /** Keeps `account` apart from every other account of the customer. @throws SynclineError CUSTOMER_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_BODY */
  async different(id: string, account: AccountRef, reason: string, decidedBy: string): Promise<IdentityDecision[]> {
    const { accounts } = await this.accountsOf(id);
    const isIt = ({ system, key }: AccountRef): boolean => system === account.system && key === account.key;
    if (!accounts.some(isIt)) throw requestError('ACCOUNT_NOT_FOUND', 'The customer has no such account.', 'account');
    const others = accounts.filter((each) => !isIt(each));
    if (others.length === 0) throw requestError('BAD_BODY', 'It is the only account of the customer.', 'account');
    const decisions: IdentityDecision[] = [];
    for (const other of others) decisions.push(await this.add('different', account, other, reason, decidedBy));
    return decisions;
  }

  private async accountsOf(id: string): Promise<{ id: string; accounts: AccountRef[] }> {
    const { customer } = await findCustomer(this.customers, id);
    const accounts = customer.summary.accounts.map(({ system, key }) => ({ system, key }));
    if (accounts.length === 0) throw requestError('CUSTOMER_NOT_FOUND', 'The customer has no accounts.', 'id');
    return { id: customer.id, accounts };
  }

  private add(
    verdict: 'same' | 'different',
    a: AccountRef,
    b: AccountRef,
    reason: string,
    decidedBy: string,
  ): Promise<IdentityDecision> {
    const decidedAt = instantOf(this.clock.now());
    return this.decisions.add({ verdict, a: refOf(a), b: refOf(b), reason, decidedBy, decidedAt });
  }
}
