import { anEntry } from '@syncline/testing';
import { revalue } from './exchange';
import { ledgerAsOf, type LedgerEvent } from './ledger';
import { converterInto } from './rates';

const dollars = anEntry({ key: 'i', currency: 'USD', amount: '10000', bookingRate: '7.10' });
const ask = (events: LedgerEvent[], asOf: string, entries = [dollars]) =>
  ledgerAsOf(entries, events, { asOf, knownAt: '2025-12-31' });
const next = { reversedOn: '2025-02-01', knownAt: '2025-02-01' };

describe('revaluation', () => {
  it('posts unrealised differences and takes them back on the next day one', () => {
    const { events, missingRates } = revalue(ask([], '2025-01-31'), 'CNY', { USD: '7.20' }, next);
    expect(missingRates).toEqual([]);
    expect(events.map(({ on, amount, kind }) => [on, amount, kind])).toEqual([
      ['2025-01-31', '1000', 'unrealised'],
      ['2025-02-01', '-1000', 'unrealised'],
    ]);
  });

  it('done twice is done once, and moves nothing that is open', () => {
    const { events } = revalue(ask([], '2025-01-31'), 'CNY', { USD: '7.20' }, next);
    const ledger = ask([...events, ...events], '2025-02-28');
    expect(ledger.exchangeDifferences.map(({ amount }) => amount)).toEqual(['1000', '-1000']);
    expect(ledger.lines[0].openAmount).toBe('10000');
  });

  it('after a settlement revalues the rest: example 5', () => {
    const receipt = anEntry({ key: 'r', type: 'receipt', currency: 'USD', amount: '6000', bookingRate: '7.15' });
    const paid: LedgerEvent = {
      id: 'p',
      type: 'apply',
      creditKey: 'r',
      debitKey: 'i',
      amount: '6000',
      on: '2025-02-10',
      knownAt: '2025-02-10',
    };
    const ledger = ask([paid], '2025-02-28', [dollars, receipt]);
    expect(ledger.lines[0].realised).toBe('300');
    const { events } = revalue(ledger, 'CNY', { USD: '7.05' }, { ...next, reversedOn: '2025-03-01' });
    expect(events[0]).toMatchObject({ entryKey: 'i', on: '2025-02-28', amount: '-200' });
  });

  it('leaves lines without a closing or a booking rate alone and says so', () => {
    expect(revalue(ask([], '2025-01-31'), 'CNY', {}, next)).toEqual({ events: [], missingRates: ['USD'] });
    const unrated = anEntry({ key: 'e', currency: 'EUR' });
    expect(revalue(ask([], '2025-01-31', [unrated]), 'CNY', { EUR: '8' }, next).missingRates).toEqual(['EUR']);
  });
});

describe('what a converter says', () => {
  const rates = [
    { system: 'erp', currency: 'USD', validFrom: '2025-07-01', rate: '0.14' },
    { system: 'erp', currency: 'KRW', validFrom: '2025-01-01', rate: '0' },
  ];
  const converter = converterInto('CNY', rates, { erp: 'CNY' }, '2025-06-30');

  it.each([
    ['erp', 'CNY', 'known'],
    ['erp', 'USD', 'missing_rate'],
    ['erp', 'EUR', 'unknown_currency'],
    ['erp', 'KRW', 'unknown_currency'],
    ['erp', 'yuan', 'unknown_currency'],
    ['other', 'USD', 'unknown_system'],
  ])('%s %s: %s', (system, currency, outcome) => {
    expect(converter.outcome(system, currency)).toBe(outcome);
    expect(converter.factor(system, currency) !== null).toBe(outcome === 'known');
  });
});
