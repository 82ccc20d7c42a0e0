import type { ApiClient } from '../client/api-client';
import type { CustomerEntry } from '../commands/customers.command';

interface AgingTotals {
  currency: string;
  open_total: string;
  unapplied_credit: string;
  overdue: string;
  aging: Record<string, string>;
}

export interface CustomerDetail {
  id: string;
  name: string | null;
  version: number;
  accounts: { system: string; key: string; code: string | null }[];
  receivables: AgingTotals[];
  orders: { count: number };
  rating: {
    version: number;
    grade: string;
    term_days: number;
    limit: string | null;
    currency: string;
    hold: string;
    reasons: { code: string; text: string }[];
  } | null;
}

export interface DeliveryEntry {
  target: string;
  account: string;
  state: string;
  desired_version: number;
  confirmed_version: number | null;
}

export interface DeadLetterEntry {
  id: string;
  code: string;
  class: string;
  status: string;
}

/** Everything that the API says of the installation. */
export interface InstallationState {
  customers: CustomerDetail[];
  deliveries: DeliveryEntry[];
  deadLetters: DeadLetterEntry[];
}

/** Views asked for at the same time. */
const AT_ONCE = 4;

/** Reads all customers, deliveries and dead letters through the API, as any client could. */
export async function readState(api: ApiClient): Promise<InstallationState> {
  const ids: string[] = [];
  for await (const { id } of api.all<CustomerEntry>('/customers?limit=200')) ids.push(id);
  const customers: CustomerDetail[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const group = ids.slice(from, from + AT_ONCE);
    customers.push(...(await Promise.all(group.map((id) => api.get<CustomerDetail>(`/customers/${id}`)))));
  }
  return {
    customers,
    deliveries: await collected(api.all<DeliveryEntry>('/deliveries?limit=200')),
    deadLetters: await collected(api.all<DeadLetterEntry>('/dead-letters?limit=200')),
  };
}

async function collected<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Versions of everything, so that two states can be compared. */
export function fingerprint({ customers, deliveries, deadLetters }: InstallationState): string {
  const lines = [
    ...customers.map(({ id, version, rating }) => `customer ${id} ${version} ${rating?.version ?? '-'}`),
    ...deliveries.map(
      (each) => `delivery ${each.target} ${each.account} ${each.state} ${each.confirmed_version ?? '-'}`,
    ),
    ...deadLetters.map(({ id, status }) => `dead letter ${id} ${status}`),
  ];
  return lines.sort().join('\n');
}
