import { aReceivableItem, aSalesOrder, shippedPolicyFile } from '@syncline/testing';
import { EXPOSURE_PRESET_NAMES, EXPOSURE_PRESETS } from '@syncline/receivables';
import { ratingFacts } from '../rating/rating-facts';
import { parseCreditPolicy } from './credit-policy';
import { exposureRuleOf } from './exposure-rule';

const { text, file } = shippedPolicyFile();

/** The shipped policy with another section `exposure`. */
function withExposure(lines: readonly string[]) {
  const section = ['exposure:', ...lines.map((line) => `  ${line}`), 'scorecard:'].join('\n');
  const changed = text.replace(/^exposure:[\s\S]*?^scorecard:/m, section);
  return parseCreditPolicy(changed, file);
}

const messages = (lines: readonly string[]) => withExposure(lines).findings.map(({ message }) => message);

describe('what a policy counts as exposure', () => {
  it.each(EXPOSURE_PRESET_NAMES)('is what %s counts, when it says no more than that', (name) => {
    const { source: _, ...preset } = EXPOSURE_PRESETS[name];
    expect(exposureRuleOf(withExposure([`preset: ${name}`]).policy!)).toEqual(preset);
  });

  it('is a preset but for what stands beside it, a horizon of null included', () => {
    const lines = ['preset: sap_dynamic', 'open_order_horizon_days: null', 'disputed_items: 0', 'floor_zero: true'];
    const rule = exposureRuleOf(withExposure([...lines, 'order_value: net', 'deposits: per_order']).policy!);
    const { factors } = EXPOSURE_PRESETS.sap_dynamic;
    expect(rule).toEqual({
      factors: { ...factors, disputedItems: 0 },
      horizonDays: null,
      orderValue: 'net',
      deposits: 'per_order',
      floorZero: true,
    });
  });

  it('as shipped counts orders with tax and deposits against their orders', () => {
    expect(exposureRuleOf(parseCreditPolicy(text, file).policy!)).toMatchObject({
      factors: { openItems: 1, bankAcceptanceUnmatured: 0, orderDeposits: -1 },
      horizonDays: 30,
      orderValue: 'gross',
      deposits: 'per_order',
      floorZero: true,
    });
  });

  it('has to be said in full without a preset, and open items always count', () => {
    expect(messages(['open_items: 1', 'floor_zero: true'])).toEqual(
      expect.arrayContaining([
        'field disputed_items is missing, and no preset says it',
        'field open_order_horizon_days is missing, and no preset says it',
      ]),
    );
    expect(messages(['preset: tryton', 'open_items: 0'])).toEqual(['open items must count']);
    expect(messages(['preset: trytan'])[0]).toContain('must be one of');
  });

  it('is what ratings count', () => {
    const input = {
      items: [aReceivableItem({ amount: '500', openAmount: '500' })],
      orders: [aSalesOrder({ openAmount: '100', grossFactor: '1.13', orderedOn: '2026-01-01' })],
      itemsComplete: true,
      ordersComplete: true,
      firstInvoicedOn: '2025-01-01',
      asOf: '2026-01-02',
      heldLimit: null,
      known: undefined,
    };
    const counted = ['sap_static', 'tryton', 'idempiere'].map(
      (name) => ratingFacts(input, withExposure([`preset: ${name}`]).policy!).values['exposure'],
    );
    expect(counted).toEqual(['613', '600', '500']);
  });
});
