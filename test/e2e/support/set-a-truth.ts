import type { Installation } from './installation';
import { fixture } from './samples';

interface TruthCustomer {
  code: string;
  erp_party_id: number;
  merged_into: string | null;
  total_open: string;
  unapplied_credit_total: string;
  overdue_total: string;
  aging: Record<string, string>;
  open_order_value_untaxed_cny: string;
  currency: string;
}

export interface Truth {
  customers: TruthCustomer[];
}

interface ViewOfTruth {
  receivables: {
    currency: string;
    open_total: string;
    unapplied_credit: string;
    overdue: string;
    aging: Record<string, string>;
  }[];
  orders: { open: { currency: string; amount: string; without_rate: number }[] };
}

/** The ERP's own balances, which the truth was checked against, as an export of `party.receivable` sends them. */
export function balanceLines(asOf: string): string[] {
  return fixture<Truth>('truth').customers.map(({ erp_party_id: party, total_open: receivable }) =>
    JSON.stringify({
      topic: 'erp.public.customer_balance',
      key: { party, as_of: asOf },
      value: { party, as_of: asOf, receivable, __op: 'c', __source_ts_ms: Date.parse(asOf) },
    }),
  );
}

const NOTHING = { open_total: '0.00', unapplied_credit: '0.00', overdue: '0.00' };

/** What the API says of every ERP customer that the truth names, in the truth's own form. */
export async function answersFor(installation: Installation, truth: Truth): Promise<TruthCustomer[]> {
  return Promise.all(truth.customers.map((customer) => answerFor(installation, customer)));
}

async function answerFor(installation: Installation, customer: TruthCustomer): Promise<TruthCustomer> {
  // A merged duplicate's documents were moved to the account that the ERP kept.
  const { customer_id: id } = await installation.get<{ customer_id: string }>(`/accounts/erp/${customer.erp_party_id}`);
  const view = await installation.get<ViewOfTruth>(`/customers/${id}`);
  const total = view.receivables.find(({ currency }) => currency === 'CNY') ?? { ...NOTHING, aging: {} };
  const empty = Object.fromEntries(Object.keys(customer.aging).map((bucket) => [bucket, '0.00']));
  return {
    ...customer,
    total_open: total.open_total,
    unapplied_credit_total: total.unapplied_credit,
    overdue_total: total.overdue,
    aging: { ...empty, ...total.aging },
    open_order_value_untaxed_cny: view.orders.open.find(({ currency }) => currency === 'CNY')?.amount ?? '0.00',
  };
}

/** The truth, with merged duplicates answered by the customer that took them in. */
export function setATruth(): Truth {
  const truth = fixture<Truth>('truth');
  const byCode = new Map(truth.customers.map((customer) => [customer.code, customer]));
  const customers = truth.customers.map((customer) => {
    const survivor = customer.merged_into === null ? undefined : byCode.get(customer.merged_into);
    return survivor ? { ...survivor, code: customer.code, erp_party_id: customer.erp_party_id } : customer;
  });
  return { customers };
}
