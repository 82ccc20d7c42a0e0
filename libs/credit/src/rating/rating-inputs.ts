import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import type { FactValue } from '../rules/rule-condition';
import type { RatingInput } from './rate-customer';
import type { RatingFacts } from './rating-facts';

/**
 * What a customer without a score may be expected to buy in a month: what was said, or its sales of the last 12
 * months a month since the first invoice, or, before any invoice, its open orders. Null when amounts aren't known.
 */
export function expectedMonthlySales(input: RatingInput, { sales, values }: RatingFacts): Decimal | null {
  if (input.expectedMonthlySales !== undefined) return input.expectedMonthlySales;
  if (sales === null) return null;
  if (input.firstInvoicedOn === null) return typeof values.exposure === 'string' ? values.exposure : null;
  const months = Math.min(12, Math.max(1, Number(values.tenure_months ?? 1)));
  return canonicalDecimal(new Big(sales.sales12m).div(months.toFixed(6)).round(2));
}

/** `order_amount` belongs to the decision on an order, not to the customer. */
export function featureTexts(
  values: Record<string, FactValue>,
  expected: Decimal | null,
): Record<string, string | null> {
  const texts: Record<string, string | null> = { expected_monthly_sales: expected };
  for (const name in values) {
    const value = values[name];
    if (name !== 'order_amount') texts[name] = typeof value === 'string' || value === null ? value : String(value);
  }
  return texts;
}

/** Canonical text of all that a decision depends on. */
export function inputsText(
  input: RatingInput,
  { sales }: RatingFacts,
  features: Record<string, string | null>,
  missingRates: readonly string[],
): string {
  const { id, version } = input.policy.policy;
  const parts: (string | number | null | undefined)[] = [id, version, ...missingRates];
  for (const name in features) parts.push(name, features[name]);
  if (sales) parts.push(sales.seasonality, ...sales.receipts);
  parts.push(input.netWorth, input.workingCapital, input.totalReceivables, input.valueLevel);
  parts.push(String(input.sellerIsSme ?? false), input.buyerClass);
  if (input.opening) parts.push(JSON.stringify(input.opening));
  if (input.group) parts.push(input.group.parent, input.group.limit, input.group.othersExposure);
  for (const { id: override, status } of input.overrides ?? []) parts.push(override, status);
  return parts.map((part) => part ?? '').join('\n');
}
