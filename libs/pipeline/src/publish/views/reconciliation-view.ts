import { fixedDecimal } from '@syncline/model';
import type { ControlBreak } from '@syncline/receivables';
import type { ReceivableItemRow } from '../../reconcile/reconcile-store.port';
import type { Reconciled } from '../reconciliation/reconcile-balances';

/** What a system reports of a customer in one currency, what the view has, and what explains the difference. */
export function reconciliationView({ latest, result, verifiedThrough, days, items }: Reconciled) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  return {
    customer_id: latest.customerId,
    system: latest.system,
    currency: latest.currency,
    as_of: latest.asOf,
    accounts: latest.accountKeys,
    reported: fixedDecimal(latest.reported),
    computed: fixedDecimal(latest.computed),
    difference: fixedDecimal(result.difference),
    agrees: result.agrees,
    verified_through: verifiedThrough,
    days_compared: days,
    breaks: result.breaks.map((each) => breakView(each, byKey)),
  };
}

function breakView({ type, amount, documents }: ControlBreak, items: ReadonlyMap<string, ReceivableItemRow>) {
  return { type, amount: fixedDecimal(amount), documents: documents.map((key) => documentView(key, items.get(key))) };
}

/** A ledger line; one that the view does not count has its key alone. */
function documentView(key: string, item: ReceivableItemRow | undefined) {
  return {
    key,
    account: item?.accountKey ?? null,
    type: item?.type ?? null,
    number: item?.number ?? null,
    posted_on: item?.postedOn ?? null,
    due_on: item?.dueOn ?? null,
    currency: item?.currency ?? null,
    amount: item ? fixedDecimal(item.amount) : null,
  };
}
