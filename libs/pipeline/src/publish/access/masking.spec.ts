import { masked, maskedAttribute, maskedProfit } from './masking';

describe('masking', () => {
  it('hides what the catalogue calls personal from subscribers only', () => {
    expect(masked('contact', 'value', '13800000000', 'subscriber')).toBe('***');
    expect(masked('contact', 'value', '13800000000', 'analyst')).toBe('13800000000');
    expect(masked('contact', 'type', 'mobile', 'subscriber')).toBe('mobile');
    expect(masked('address', 'street', '长江路 1', 'subscriber')).toBe('***');
    expect(masked('address', 'city', '深圳', 'subscriber')).toBe('深圳');
    expect(masked('contact', 'name', null, 'subscriber')).toBeNull();
  });

  it('shows profits to those who decide by them', () => {
    expect(maskedProfit('20980.00', 'analyst')).toBe('20980.00');
    expect(maskedProfit('20980.00', 'administrator')).toBe('20980.00');
    expect(maskedProfit('20980.00', 'operator')).toBe('***');
    expect(maskedProfit(0.07, 'subscriber')).toBe('***');
    expect(maskedProfit(null, 'subscriber')).toBeNull();
  });

  it('hides every golden attribute that is not known to be harmless', () => {
    expect(maskedAttribute('phone', '1', 'subscriber')).toBe('***');
    expect(maskedAttribute('country', 'CN', 'subscriber')).toBe('CN');
    expect(maskedAttribute('name', '远航', 'subscriber')).toBe('远航');
    expect(maskedAttribute('phone', '1', 'operator')).toBe('1');
  });
});
