import { aSalesOrder } from '@syncline/testing';
import type { OrderLineProgress, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import { lineMatchView } from './order-match';

const asOf = '2026-11-20';

function matchOf(parts: Partial<OrderLineProgress>, order: Partial<SalesOrderRow> = {}, tellDeliveries = ['erp']) {
  const line = { key: 'l1', product: null, quantity: '10', unitPrice: '100', delivered: '0', invoiced: '0', ...parts };
  return lineMatchView(line, aSalesOrder(order), { asOf, tellDeliveries: new Set(tellDeliveries) });
}

describe('order, delivery and invoice of a line', () => {
  it('fit together while it is under way', () => {
    expect(matchOf({ delivered: '4', invoiced: '4', invoicePrice: '100.5' })).toEqual({
      findings: [],
      price_variance: '0.005',
      over_invoiced: '0',
      undelivered_value: '600.00',
      delivered_not_invoiced: '0.00',
    });
  });

  it.each<[string, Partial<OrderLineProgress>, Partial<SalesOrderRow>, string[]]>([
    ['more delivered than ordered', { delivered: '11', invoiced: '11' }, {}, ['OVER_DELIVERED']],
    ['invoiced before it is delivered', { invoiced: '1' }, {}, ['INVOICED_NOT_DELIVERED']],
    ['the same on purpose', { invoiced: '1' }, { billedAhead: true }, []],
    ['not invoiced for eight days', { delivered: '1', uninvoicedSince: '2026-11-12' }, {}, ['DELIVERED_NOT_INVOICED']],
    ['not invoiced for seven days', { delivered: '1', uninvoicedSince: '2026-11-13' }, {}, []],
    ['another price', { delivered: '1', invoiced: '1', invoicePrice: '101' }, {}, ['PRICE_VARIANCE']],
    ['anything of a cancelled order', { invoiced: '1', invoicePrice: '9' }, { state: 'cancelled' }, []],
  ])('%s', (_, parts, order, findings) => {
    expect(matchOf(parts, order).findings).toEqual(findings);
  });

  it('says nothing about deliveries where the system tells of none, and compares prices all the same', () => {
    expect(matchOf({ invoiced: '10', invoicePrice: '120' }, {}, ['wms'])).toEqual({
      findings: ['PRICE_VARIANCE'],
      price_variance: '0.2',
      over_invoiced: null,
      undelivered_value: null,
      delivered_not_invoiced: null,
    });
  });

  it('counts what waits for its invoice with tax', () => {
    expect(matchOf({ delivered: '3', invoiced: '1' }).delivered_not_invoiced).toBe('226.00');
  });
});
