import { readCloudEvent, type CreditRatingChanged } from '@syncline/contracts';
import { localDateOfEpochDay, epochDay } from '@syncline/model';
import { anItem, MemoryPolicyStore, MemoryRateStore, shippedPolicyFile } from '@syncline/testing';
import type { CustomerRow, ReceivableItemRow } from '../reconcile/reconcile-store.port';
import type { LogBatch } from '../shared/event-log.port';
import { NO_METRICS } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import { RateStage } from './rate-stage';

export const POLICY_FILE = shippedPolicyFile();

/** A rate stage on stores in memory, with a clock that stands until a test moves it. */
export class RateStageWorld {
  readonly store = new MemoryRateStore();
  readonly policies = new MemoryPolicyStore(this.store);
  readonly waiting: string[] = [];
  today = '2025-12-31';
  now = Date.parse('2025-12-31T08:00:00Z');
  commits = 0;
  stage = this.stageWith(POLICY_FILE.text);
  private offset = 0;

  /** A process with this policy in its configuration, on the same store. */
  stageWith(text: string, policyApprovalAbove: number | null = null): RateStage {
    return new RateStage({
      store: this.store,
      policies: this.policies,
      policy: { text, file: POLICY_FILE.file },
      policyApprovalAbove,
      onPolicyWaiting: ({ id, version }) => this.waiting.push(`${id}@${version}`),
      systems: [{ name: 'erp', currency: 'CNY' }],
      clock: { now: () => this.now, elapsed: () => this.now, today: () => this.today },
      metrics: NO_METRICS,
      afterCommit: () => (this.commits += 1),
      onCalendarError: (error) => {
        throw error;
      },
      calendarIntervalMs: null,
    });
  }

  known(
    id: string,
    items: ReceivableItemRow[],
    parts: Partial<CustomerRow> = {},
    valueLevel: string | null = null,
  ): void {
    this.store.facts.set(id, {
      customer: aCustomerRow(id, parts),
      items,
      openOrders: [],
      heldLimits: [{ system: 'erp', limit: '500000' }],
      firstInvoicedOn: '2023-03-01',
      valueLevel,
    });
  }

  batch(...ids: string[]): LogBatch {
    return {
      topic: TOPICS.customers,
      partition: 0,
      messages: ids.map((id) => ({
        offset: this.offset++,
        key: Buffer.from(id),
        value: Buffer.from('{}'),
        headers: { ce_subject: id },
        timestamp: 0,
      })),
    };
  }

  published() {
    return this.store.published.flatMap(({ messages }) =>
      messages.map((message) => readCloudEvent<CreditRatingChanged>(message)),
    );
  }
}

/** Monthly invoices of 2025, each paid 25 days later, which is when it is due. */
export function goodLedger(): ReceivableItemRow[] {
  return Array.from({ length: 12 }, (_, index) => {
    const postedOn = `2025-${String(index + 1).padStart(2, '0')}-01`;
    const on = localDateOfEpochDay(epochDay(postedOn) + 25);
    return anItemRow({
      postedOn,
      dueOn: on,
      amount: '100000',
      settledOn: on,
      settlements: [{ on, amount: '100000', cash: true }],
    });
  });
}

export function anItemRow(parts: Parameters<typeof anItem>[0]): ReceivableItemRow {
  const { disputedOn: _, ...item } = anItem(parts);
  return {
    ...item,
    system: 'erp',
    key: `${item.postedOn}/${item.amount}`,
    accountKey: '1',
    number: null,
    invoiceKey: null,
    documentCurrency: item.currency,
    documentAmount: item.amount,
    documentOpenAmount: item.openAmount,
    settlements: [...item.settlements],
  };
}

function aCustomerRow(id: string, parts: Partial<CustomerRow>): CustomerRow {
  return {
    id,
    version: 1,
    status: 'active',
    mergedInto: null,
    name: null,
    hash: '',
    summary: { attributes: {}, accounts: [], isCustomer: true, receivables: [], openOrders: [] },
    ...parts,
  };
}
