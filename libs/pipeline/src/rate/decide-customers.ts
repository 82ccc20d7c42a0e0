import {
  overridesWithInherited,
  rateCustomer,
  reconciliationFacts,
  type CreditPolicy,
  type RatingDecision,
  type RatingInput,
  type ReconciledBalance,
} from '@syncline/credit';
import { addDays, Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { converterInto, type CurrencyConverter } from '@syncline/receivables';
import type { SystemDescription } from '../shared/system';
import { readGroups, sharesOfGroups, withGroupMembers, type CreditGroups } from './credit-groups';
import type { CreditState } from './credit-state.port';
import type { CreditFacts, RateReads } from './rate-store.port';
import { readReconciliations } from './read-reconciliations';

/** Twelve full calendar months before the running one, which seasonality looks at. */
const LONGEST_LOOK_BACK_DAYS = 400;

/** Those that lift or lower a limit. */
const VALUE_LEVELS = ['A', 'B', 'C', 'D'] as const;

/** A connected system; its currency is that of its ledger. */
export type RatedSystem = Pick<SystemDescription, 'name' | 'currency'>;

/** All that a customer's rating of a day is made from. */
export interface RatedCustomer {
  facts: CreditFacts;
  state: CreditState;
  /** The balances that its systems report last, held against the view. */
  balances: ReconciledBalance[];
}

/** Customers to be rated together: those that were asked for, and those that share a limit with any of them. */
export interface RatedCustomers {
  customers: RatedCustomer[];
  groups: CreditGroups;
  /** Of those that share limits, rated or not. */
  states: CreditState[];
}

/** From what the store has of customers to what a policy decides on them. Writes nothing. */
export class DecideCustomers {
  private readonly systemCurrencies: Readonly<Record<string, string>>;

  constructor(systems: readonly RatedSystem[]) {
    this.systemCurrencies = Object.fromEntries(systems.map(({ name, currency }) => [name, currency]));
  }

  /**
   * Those of the ids that are customers, and those that share a limit with any of them, with what every one of the
   * policies needs of them.
   */
  async load(
    reads: RateReads,
    customerIds: string[],
    asOf: LocalDate,
    policies: readonly CreditPolicy[],
  ): Promise<RatedCustomers> {
    const lookBack = Math.max(LONGEST_LOOK_BACK_DAYS, ...policies.map(({ windows }) => windows.behaviourDays));
    const groups = await readGroups(reads.groups, customerIds);
    const all = withGroupMembers(customerIds, groups);
    const facts = (await reads.facts(all, addDays(asOf, -lookBack))).filter(isRated);
    const ids = facts.map(({ customer }) => customer.id);
    const states = await reads.creditStates(groups.parents.length > 0 ? all : ids, asOf);
    const byId = new Map(states.map((state) => [state.customerId, state]));
    const balances = await readReconciliations(reads, ids, asOf, this.systemCurrencies);
    const customers = facts.map((each) => ({
      facts: each,
      state: byId.get(each.customer.id) ?? nothing(each.customer.id),
      balances: balances.get(each.customer.id) ?? [],
    }));
    return { customers, groups, states: states.map((state) => ownOverrides(state, asOf)) };
  }

  /** What a policy decides on them, in their order. */
  async decide(
    reads: RateReads,
    { customers, groups, states }: RatedCustomers,
    asOf: LocalDate,
    policy: CreditPolicy,
  ): Promise<RatingDecision[]> {
    const converter = await this.converter(reads, customers, asOf, policy.policy.currency);
    const inputs = customers.map((customer) => this.input(customer, asOf, policy, converter));
    const alone = inputs.map(rateCustomer);
    const exposures = new Map(
      customers.map(({ facts }, index) => [facts.customer.id, alone[index].features['exposure'] ?? null]),
    );
    const shares = sharesOfGroups(groups, states, exposures, asOf);
    return customers.map(({ facts }, index) => {
      const group = shares.get(facts.customer.id);
      return group ? rateCustomer({ ...inputs[index], group }) : alone[index];
    });
  }

  private input(
    { facts, state, balances }: RatedCustomer,
    asOf: LocalDate,
    policy: CreditPolicy,
    converter: CurrencyConverter,
  ): RatingInput {
    return {
      policy,
      asOf,
      items: facts.items,
      openOrders: facts.openOrders,
      firstInvoicedOn: facts.firstInvoicedOn,
      converter,
      heldLimit: this.heldLimit(facts, converter),
      valueLevel: VALUE_LEVELS.find((level) => level === facts.valueLevel) ?? null,
      opening: state.opening,
      overrides: overridesWithInherited(facts.customer.id, state.overrides, asOf),
      known: reconciliationFacts(balances, converter, { asOf, maxHours: policy.windows.dataFreshnessMaxHours }),
    };
  }

  /**
   * The limit that stands in the customer's systems: the greatest of its accounts, because Syncline brings the same
   * limit to each. Null when there is none, one is unlimited, or one can't be converted.
   */
  private heldLimit({ heldLimits }: CreditFacts, converter: CurrencyConverter): Decimal | null {
    let greatest: Big | null = null;
    for (const { system, limit } of heldLimits) {
      const factor = converter.factor(system, this.systemCurrencies[system] ?? '');
      if (limit === null || factor === null) return null;
      const converted = factor.times(limit);
      if (greatest === null || converted.gt(greatest)) greatest = converted;
    }
    return greatest && canonicalDecimal(greatest);
  }

  /** Rates are read only when something is in another currency. */
  private async converter(
    reads: RateReads,
    customers: readonly RatedCustomer[],
    asOf: LocalDate,
    target: string,
  ): Promise<CurrencyConverter> {
    const foreign = (row: { currency: string }) => row.currency !== target;
    const isNeeded = customers.some(
      ({ facts: { items, openOrders, heldLimits }, balances }) =>
        items.some(foreign) ||
        openOrders.some(foreign) ||
        balances.some(({ day }) => foreign(day)) ||
        heldLimits.some(({ system }) => this.systemCurrencies[system] !== target),
    );
    return converterInto(target, isNeeded ? await reads.rates() : [], this.systemCurrencies, asOf);
  }
}

function isRated({ customer }: CreditFacts): boolean {
  return customer.status === 'active' && customer.summary.isCustomer;
}

function ownOverrides(state: CreditState, asOf: LocalDate): CreditState {
  return { ...state, overrides: overridesWithInherited(state.customerId, state.overrides, asOf) };
}

function nothing(customerId: string): CreditState {
  return { customerId, opening: null, today: null, overrides: [] };
}
