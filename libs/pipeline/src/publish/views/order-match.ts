import { Big, canonicalDecimal, daysBetween, fixedDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { matchLine, type LineMatch, type MatchFinding } from '@syncline/receivables';
import type { OrderLineProgress, SalesOrderRow } from '../../reconcile/reconcile-store.port';

/** What order, delivery and invoice are held against each other by. */
export interface OrderMatching {
  asOf: LocalDate;
  /** Systems that tell of deliveries. */
  tellDeliveries: ReadonlySet<string>;
}

/** Where nothing is known of deliveries, only prices can be compared. */
const WITHOUT_DELIVERIES: ReadonlySet<MatchFinding> = new Set(['PRICE_VARIANCE']);

/** Nothing was ordered yet, or any more. */
const NOTHING_ORDERED: ReadonlySet<string> = new Set(['draft', 'quotation', 'cancelled']);

/** A line's order, delivery and invoice held against each other, as the API shows it. */
export function lineMatchView(line: OrderLineProgress, order: SalesOrderRow, matching: OrderMatching) {
  const match = matchOf(line, order, matching.asOf);
  const hasDeliveries = matching.tellDeliveries.has(order.system);
  const findings = match.findings.filter((finding) => hasDeliveries || WITHOUT_DELIVERIES.has(finding));
  return {
    findings: NOTHING_ORDERED.has(order.state) ? [] : findings,
    price_variance: match.priceVariance && rounded(match.priceVariance),
    over_invoiced: hasDeliveries ? match.overInvoiced : null,
    undelivered_value: hasDeliveries ? fixedDecimal(match.undeliveredValue) : null,
    delivered_not_invoiced: hasDeliveries ? fixedDecimal(match.deliveredNotInvoiced) : null,
  };
}

function matchOf(line: OrderLineProgress, { grossFactor, billedAhead }: SalesOrderRow, asOf: LocalDate): LineMatch {
  return matchLine({
    ordered: line.quantity,
    orderPrice: line.unitPrice,
    delivered: line.delivered,
    invoiced: line.invoiced,
    invoicePrice: line.invoicePrice ?? null,
    tax: taxOf(grossFactor),
    billedAhead: billedAhead ?? false,
    uninvoicedForDays: daysBetween(line.uninvoicedSince ?? asOf, asOf),
  });
}

/** Tax on what is without it, from the factor that makes gross of net. */
function taxOf(grossFactor: Decimal): Decimal {
  return canonicalDecimal(new Big(grossFactor).minus(1));
}

function rounded(fraction: Decimal): Decimal {
  return canonicalDecimal(new Big(fraction).round(6, Big.roundHalfUp));
}
