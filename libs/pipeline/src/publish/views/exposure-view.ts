import { exposureRuleOf, type CreditPolicy } from '@syncline/credit';
import { fixedDecimal, type LocalDate } from '@syncline/model';
import { exposureOf, exposureParts } from '@syncline/receivables';
import type { ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';

/** What a customer could still fail to pay, as a policy counts it, each currency by itself, nothing converted. */
export function exposureView(
  items: readonly ReceivableItemRow[],
  orders: readonly SalesOrderRow[],
  policy: CreditPolicy,
  asOf: LocalDate,
) {
  const { factors, floorZero, ...options } = exposureRuleOf(policy);
  const open = orders.filter((order) => order.openAmount !== '0');
  const currencies = new Set([...items.map(({ currency }) => currency), ...open.map(({ currency }) => currency)]);
  return [...currencies].sort().map((currency) => {
    const parts = exposureParts(
      items.filter((item) => item.currency === currency),
      open.filter((order) => order.currency === currency),
      { ...options, asOf },
    );
    return {
      currency,
      exposure: fixedDecimal(exposureOf(parts, factors, floorZero)),
      parts: Object.fromEntries(
        Object.entries(parts)
          .filter(([, amount]) => amount !== '0')
          .map(([part, amount]) => [snakeCase(part), fixedDecimal(amount)]),
      ),
    };
  });
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
