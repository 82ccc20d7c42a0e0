import type { CreditCommand } from '@syncline/pipeline/deliver';
import { changesBetween, CreditMapping } from './credit-mapping';
import type { CreditMappingConfig } from './credit-mapping.config';
import { decimalProblem, readDecimal, roundedDown, sameDecimal } from './decimals';
import { checkHost } from './http';
import { Redaction } from './redaction';
import { retryAfterMs } from './retry-after';
import { secretSource } from './secrets';

const command: CreditCommand = {
  ...{ accountKey: '1', accountCode: 'C1', id: '1', version: 1, idempotencyKey: 'k' },
  ...{ grade: 'A', termDays: 30, limit: '50000', currency: 'CNY', hold: 'none' },
};

const U8: CreditMappingConfig = {
  currency: 'CNY',
  grade: { name: 'cCusCreGrade', max_length: 6 },
  term_days: { name: 'iCusCreDate', switch: { name: 'bCreditDate', on: 1, off: 0 } },
  limit: {
    ...{ name: 'iCusCreLine', scale: 2, precision: 15, rounding: 'refuse', unlimited: 'switch' },
    switch: { name: 'bCredit', on: 1, off: 0 },
  },
  hold: { by: 'limit' },
};

function nativeOf(config: CreditMappingConfig, wish: Partial<CreditCommand>) {
  const expressed = new CreditMapping(config).express({ ...command, ...wish });
  return expressed.type === 'expressed' ? expressed.native : expressed.failure;
}

describe('credit mapping', () => {
  it.each([
    ['a limit', {}, { iCusCreLine: '50000', bCredit: '1' }],
    ['cash only', { limit: '0' }, { iCusCreLine: '0', bCredit: '1' }],
    ['unlimited: the limit is not checked', { limit: null }, { bCredit: '0' }],
    ['a hold: a limit of 0 that is checked', { hold: 'new_orders' as const }, { iCusCreLine: '0', bCredit: '1' }],
    ['a hold on unlimited', { hold: 'all' as const, limit: null }, { iCusCreLine: '0', bCredit: '1' }],
  ])('writes %s the way U8 means it', (_, wish, native) => {
    expect(nativeOf(U8, wish)).toMatchObject({ cCusCreGrade: 'A', iCusCreDate: '30', bCreditDate: '1', ...native });
  });

  it.each([
    ['currency', { currency: 'EUR' }, U8],
    ['limit', { limit: '0.001' }, U8],
    ['limit', { limit: '99999999999999.00' }, U8],
    ['grade', { grade: 'longer than six' }, U8],
    ['hold', { hold: 'all' as const }, { ...U8, hold: undefined }],
    ['limit', { limit: null }, { ...U8, limit: { ...U8.limit!, unlimited: 'refuse' as const } }],
    // A target that takes 0 for unlimited can't say "cash only".
    ['limit', { limit: '0' }, { ...U8, limit: { ...U8.limit!, unlimited: { value: 0 } } }],
    ['term_days', { termDays: 45 }, { ...U8, term_days: { name: 't', values: { '30': 'N30' } } }],
  ])('refuses a %s that the target has no way to hold', (field, wish, config) => {
    expect(nativeOf(config, wish)).toMatchObject({ type: 'permanent', field });
  });

  it('reads a row whatever types the driver gives', () => {
    const mapping = new CreditMapping(U8);
    const seen = { grade: 'A', term_days: '30', limit: '50000' };
    const texts = { cCusCreGrade: 'A', iCusCreDate: '30', bCreditDate: '1', iCusCreLine: '50000.00', bCredit: '1' };
    expect(mapping.observe(texts)).toEqual(seen);
    expect(mapping.observe({ ...texts, iCusCreDate: 30, bCreditDate: true, bCredit: true })).toEqual(seen);
    expect(mapping.observe({ ...texts, bCredit: false, bCreditDate: null })).toEqual({
      ...seen,
      limit: null,
      term_days: null,
    });
  });

  it('rounds a limit only down, says so, and compares with what it wrote', () => {
    const config: CreditMappingConfig = { currency: 'CNY', limit: { ...U8.limit!, rounding: 'down', scale: 0 } };
    const expressed = new CreditMapping(config).express({ ...command, limit: '99.99' });
    expect(expressed).toMatchObject({ type: 'expressed', native: { iCusCreLine: '99' }, lossy: ['limit'] });
  });

  it('names what would change, amounts compared as numbers', () => {
    expect(changesBetween({ grade: 'A', limit: '10.00' }, { grade: 'B', limit: '10', term_days: '30' })).toEqual([
      { field: 'grade', from: 'A', to: 'B' },
      { field: 'term_days', from: null, to: '30' },
    ]);
  });
});

describe('decimals', () => {
  it('fit or say why not', () => {
    expect(decimalProblem('9999999999.99', { scale: 2, precision: 12 })).toBeNull();
    expect(decimalProblem('0.001', { scale: 2, precision: 12 })).toContain('after the point');
    expect(decimalProblem('10000000000', { scale: 2, precision: 12 })).toContain('more than 10 digits');
    expect(roundedDown('10.999', 2)).toBe('10.99');
    expect(sameDecimal('10', '10.000')).toBe(true);
    expect(sameDecimal(null, '0')).toBe(false);
  });

  it('never come from a number that lost digits', () => {
    expect(readDecimal(9999999999.99)).toBe('9999999999.99');
    expect(readDecimal('12345678901234567890.12')).toBe('12345678901234567890.12');
    expect(() => readDecimal(9007199254740993)).toThrow(RangeError);
    expect(() => readDecimal(0.1 + 0.2)).toThrow(RangeError);
  });
});

describe('secrets', () => {
  const source = secretSource({ TOKEN: 's3cret-token' }, async (path) => {
    if (path !== '/run/secrets/x') throw new Error('no such file');
    return 'from-file\n';
  });

  it('are resolved inside longer texts, files without their last line break', async () => {
    expect(await source.resolve('Bearer ${env:TOKEN}')).toBe('Bearer s3cret-token');
    expect(await source.resolve('${file:/run/secrets/x}')).toBe('from-file');
    expect(await source.resolve('plain')).toBe('plain');
  });

  it('are named, never shown, when they are missing', async () => {
    await expect(source.resolve('a ${env:TOKEN} ${env:NONE}')).rejects.toMatchObject({
      code: 'SECRET_UNAVAILABLE',
      message: "${env:NONE} can't be resolved",
    });
  });

  it('pass through no log, however they are encoded', async () => {
    const redaction = new Redaction(source);
    await redaction.reveal('Bearer ${env:TOKEN}');
    redaction.remember('s3cret-token');
    const lines: unknown[] = [];
    const log = redaction.log({ warn: (...line) => lines.push(line), debug: (...line) => lines.push(line) });
    log.warn('sent s3cret-token', { header: 'Bearer s3cret-token', count: 1 });
    log.debug(Buffer.from('s3cret-token').toString('base64'));
    expect(lines).toEqual([
      ['sent [secret]', { header: '[secret]', count: 1 }],
      ['[secret]', undefined],
    ]);
  });
});

describe('http', () => {
  it('goes only where the list allows', () => {
    const allow = (url: string) => () =>
      checkHost(new URL(url), ['crm.example.com', 'erp.example.com:8443'], 'target x');
    expect(allow('https://crm.example.com/a')).not.toThrow();
    expect(allow('https://erp.example.com:8443/a')).not.toThrow();
    expect(allow('https://erp.example.com/a')).toThrow('not among allowed_hosts');
    expect(allow('https://crm.example.com.evil.test/')).toThrow('not among allowed_hosts');
    expect(allow('file://crm.example.com/etc')).toThrow('not among allowed_hosts');
  });

  it.each([
    ['7', 7_000],
    ['Fri, 20 Nov 2026 00:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2020 00:01:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('reads Retry-After %p', (header, ms) => {
    expect(retryAfterMs(header, Date.parse('2026-11-20T00:00:00Z'))).toBe(ms);
  });
});
