import type { LogMessage, TopicMessages } from '@syncline/pipeline/shared';
import { trytonWorkload } from '../tryton-workload';

const CHUNK = 2_000;

/** The workload as messages of the log, in chunks of 2,000 events, in the order of the source. */
export function* workloadChunks(events: number, customers: number, prefix: string): Generator<TopicMessages[]> {
  // Not a fixed day: a broker's retention goes by it and would delete the input before it is read.
  const timestamp = Date.now();
  let byTopic = new Map<string, LogMessage[]>();
  let size = 0;
  for (const { topic, key, value } of trytonWorkload(events, customers, 1, prefix)) {
    const messages = byTopic.get(topic) ?? [];
    byTopic.set(topic, messages);
    messages.push({
      key: Buffer.from(JSON.stringify(key)),
      value: Buffer.from(JSON.stringify(value)),
      timestamp,
    });
    if (++size < CHUNK) continue;
    yield toBatches(byTopic);
    byTopic = new Map();
    size = 0;
  }
  if (size > 0) yield toBatches(byTopic);
}

function toBatches(byTopic: Map<string, LogMessage[]>): TopicMessages[] {
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

/** Every topic that the workload writes to. */
export const WORKLOAD_TABLES = [
  'account_account_type', 'account_account', 'currency_currency_rate', 'party_party', 'party_address',
  'party_party_credit_limit_amount', 'party_contact_mechanism', 'sale_sale', 'sale_line', 'account_invoice',
  'account_invoice_line', 'account_move', 'account_move_line', 'account_invoice-account_move_line',
  'account_move_reconciliation',
]; // prettier-ignore

export function sourcePrefix(run: string): string {
  return `bench-${run}.public.`;
}
