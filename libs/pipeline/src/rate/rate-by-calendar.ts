import type { LocalDate } from '@syncline/model';
import type { EvaluateCustomers, EvaluationOutcome } from './evaluate-customers';
import type { PolicyBook } from './policy-book';
import type { RateStore } from './rate-store.port';

/** Customers in one transaction. */
const PAGE = 500;

/**
 * Rates every customer that was not evaluated for a day yet: aging moves without any event, a policy comes into force,
 * a person decides otherwise. Cut short, it goes on where it stopped; run twice for a day, the second time finds only
 * those whose rating waits for an exchange rate.
 */
export class RateByCalendar {
  constructor(
    private readonly store: RateStore,
    private readonly customers: Pick<EvaluateCustomers, 'evaluate'>,
    private readonly policies: Pick<PolicyBook, 'inForce' | 'refresh'>,
    /** Called after each commit: the outbox may have something. */
    private readonly afterCommit: () => void,
  ) {}

  /** Stops between two pages once `signal` aborts. */
  async run(asOf: LocalDate, signal?: AbortSignal): Promise<EvaluationOutcome> {
    const total: EvaluationOutcome = { evaluated: 0, changed: 0 };
    await this.policies.refresh(asOf);
    const policy = await this.policies.inForce(asOf);
    let after = '';
    while (!signal?.aborted) {
      const ids = await this.store.dueForEvaluation(asOf, PAGE, after);
      const last = ids.at(-1);
      if (last === undefined) break;
      after = last;
      const outcome = await this.store.transact(null, (tx) => this.customers.evaluate(tx, ids, asOf, policy));
      this.afterCommit();
      total.evaluated += outcome?.evaluated ?? 0;
      total.changed += outcome?.changed ?? 0;
    }
    return total;
  }
}
