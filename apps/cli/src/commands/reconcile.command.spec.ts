import { reconciliationReport, type ReconciledEntry } from './reconcile.command';

const row = (parts: Partial<ReconciledEntry> = {}): ReconciledEntry => ({
  customer_id: 'c1',
  system: 'erp',
  currency: 'CNY',
  as_of: '2026-11-20',
  reported: '1000.50',
  computed: '1000.50',
  difference: '0.00',
  agrees: true,
  verified_through: '2026-11-20',
  breaks: [],
  ...parts,
});

describe('the report', () => {
  const systems = [
    { system: 'erp', currency: 'CNY', balances: 2 },
    { system: 'crm', currency: 'CNY', balances: 0 },
  ];

  it('sums up what agrees and says which systems report nothing', () => {
    const lines = reconciliationReport(systems, [
      row(),
      row({ customer_id: 'c2', verified_through: '2026-10-31' }),
    ]).split('\n');
    expect(lines[2]).toMatch(/^erp +CNY +2 +2 +2,001\.00 +2,001\.00 +0\.00 +2026-10-31$/);
    expect(lines[3]).toBe('crm reports no balances: nothing of it is compared, nothing is verified.');
    expect(lines).toHaveLength(4);
  });

  it('shows each break of what differs, and verifies nothing that never agreed', () => {
    const documents = ['1', '2', '3', '4', '5'].map((key) => ({ key, number: key === '1' ? 'INV-1' : null }));
    const differs = row({
      customer_id: 'c2',
      reported: '900.00',
      difference: '-100.50',
      agrees: false,
      verified_through: null,
      breaks: [
        { type: 'UNPOSTED', amount: '-100.00', documents },
        { type: 'UNKNOWN', amount: '-0.50', documents: [] },
      ],
    });
    const text = reconciliationReport(systems, [row(), differs]);
    expect(text).toMatch(/erp +CNY +2 +1 +1,900\.50 +2,001\.00 +-100\.50 +-$/m);
    expect(text).toMatch(/^c2 .* UNPOSTED +-100\.00 +INV-1, line 2, line 3 and 2 more$/m);
    expect(text).toMatch(/^ +UNKNOWN +-0\.50$/m);
  });

  it('invents nothing where nothing is reported', () => {
    expect(reconciliationReport([systems[1]], [])).toBe(
      'crm reports no balances: nothing of it is compared, nothing is verified.',
    );
  });
});
