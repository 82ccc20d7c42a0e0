import { toInstant, toLocalDate, type TemporalReading } from './temporal';

const reading = (more: Partial<TemporalReading> = {}): TemporalReading => ({
  zone: 'Asia/Shanghai',
  storedIn: 'UTC',
  ...more,
});

describe('days', () => {
  it.each([
    [20777, {}, '2026-11-20'],
    ['20777', {}, '2026-11-20'],
    [20777n, {}, '2026-11-20'],
    [-1, {}, '1969-12-31'],
    ['2026-11-20', { zone: 'America/New_York' }, '2026-11-20'],
    [1795176038000, { unit: 'millis' }, '2026-11-20'],
    [1795176038000000, { unit: 'micros' }, '2026-11-20'],
    ['1795176038000000000', { unit: 'nanos' }, '2026-11-20'],
    [1795190400, { unit: 'seconds' }, '2026-11-21'],
    [1795190400, { unit: 'seconds', zone: 'UTC' }, '2026-11-20'],
    [20261120, { unit: 'yyyymmdd' }, '2026-11-20'],
    ['20261120', { unit: 'yyyymmdd' }, '2026-11-20'],
    ['2026-11-20T17:00:00Z', {}, '2026-11-21'],
    ['2026-11-20T23:30:00+08:00', {}, '2026-11-20'],
    ['2026-11-20 20:00:00.123456', {}, '2026-11-21'],
    ['2026-11-20T20:00:00', { storedIn: 'Asia/Shanghai' }, '2026-11-20'],
  ] as [unknown, Partial<TemporalReading>, string][])('%p with %j is %s', (value, more, expected) => {
    expect(toLocalDate(value, reading(more))).toBe(expected);
  });

  it.each([
    ['2026-02-30', {}],
    ['20/11/2026', {}],
    [1795176038000, {}],
    [20261340, { unit: 'yyyymmdd' }],
    [12.5, {}],
    [true, {}],
    [{}, {}],
  ] as [unknown, Partial<TemporalReading>][])('%p with %j is refused', (value, more) => {
    expect(() => toLocalDate(value, reading(more))).toThrow(RangeError);
  });
});

describe('moments', () => {
  it.each([
    [1795176038000, { unit: 'millis' }, '2026-11-20T12:00:38.000Z'],
    ['2026-11-20T20:00:38+08:00', {}, '2026-11-20T12:00:38.000Z'],
    ['2026-11-20T20:00:38', { storedIn: 'Asia/Shanghai' }, '2026-11-20T12:00:38.000Z'],
    ['2026-03-29T03:30:00', { storedIn: 'Europe/Paris' }, '2026-03-29T01:30:00.000Z'],
    ['2026-07-01', { storedIn: 'Europe/Paris' }, '2026-06-30T22:00:00.000Z'],
  ] as [unknown, Partial<TemporalReading>, string][])('%p with %j is %s', (value, more, expected) => {
    expect(toInstant(value, reading(more))).toBe(expected);
  });

  it('a number without a unit is refused', () => {
    expect(() => toInstant(1795176038000, reading())).toThrow('a number is no moment without a unit');
  });
});
