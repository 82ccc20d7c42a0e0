import { anAccount } from '@syncline/testing';
import { IdentityResolver, refText, savePlaced, StreamMatching, type AccountRow } from '@syncline/pipeline/reconcile';
import { findings } from './findings';
import { GatewayHarness, type TemporaryStoreFactory } from './gateway.harness';

/** Two that a person has to look at, two that match, and one that is like none. */
const ACCOUNTS = [
  account('erp', '1', 'Van Dijk Technics B.V.', { city: 'Utrecht' }),
  account('crm', '9', 'Van Dijk Technics BV', { city: 'Utrecht' }),
  account('erp', '2', 'Kowal Narzędzia Sp. z o.o.', { city: 'Gliwice', email: 'biuro@kowal-narzedzia.example' }),
  account('crm', '8', 'Kowal Narzedzia', { city: 'Gliwice', email: 'j.nowak@kowal-narzedzia.example' }),
  account('crm', '7', 'Moretti Automazione SRL', { city: 'Torino' }),
];
const PAIR = { a: 'erp/1', b: 'crm/9' };

/** Pairs that wait, what is decided on them, and why two accounts are one customer. */
export function matchesSuite(store: TemporaryStoreFactory): void {
  describe('matches', () => {
    let gateway: GatewayHarness;

    beforeAll(async () => {
      gateway = await GatewayHarness.start(store);
      const identity = new IdentityResolver(() => 1, new StreamMatching(gateway.matchingModel));
      await gateway.store.reconcile.transact(null, async (tx) => {
        await savePlaced(tx, await identity.place(ACCOUNTS, new Map(), tx), new Set());
      });
    });

    afterAll(() => gateway.stop());

    const list = async (query = ''): Promise<string[]> => {
      const answer = await gateway.call('GET', `/matches${query}`, 'analyst');
      expect(findings('MatchPage', answer)).toEqual([]);
      return (answer.body.items as { a: AccountRow; b: AccountRow }[]).map(({ a, b }) => `${refText(a)} ${refText(b)}`);
    };

    it('shows both records side by side with what speaks for and against', async () => {
      const { body } = await gateway.call('GET', '/matches', 'analyst');
      expect(body.items).toHaveLength(1);
      expect(body.items).toMatchObject([
        {
          a: { system: 'crm', key: '9', attributes: { name: ['Van Dijk Technics BV'], city: ['Utrecht'] } },
          b: { system: 'erp', key: '1', name: 'Van Dijk Technics B.V.' },
          meet_by: expect.arrayContaining(['brand']),
          comparisons: expect.arrayContaining([expect.objectContaining({ comparison: 'name', level: 'whole' })]),
        },
      ]);
      expect((await gateway.call('GET', '/matches', 'subscriber')).status).toBe(403);
    });

    it('explains a match, and why two do not match', async () => {
      const why = async (a: string, b: string) => {
        const answer = await gateway.call('GET', `/matches/why?a=${a}&b=${b}`, 'analyst');
        expect(findings('MatchExplanation', answer)).toEqual([]);
        return answer.body;
      };
      expect(await why('erp/2', 'crm/8')).toMatchObject({ same_customer: true, verdict: 'match', decision: null });
      expect(await why('crm/7', 'erp/1')).toMatchObject({ same_customer: false, verdict: 'distinct', meet_by: [] });
      const there = await why('erp/1', 'crm/9');
      expect(await why('crm/9', 'erp/1')).toMatchObject({ weight: there.weight, verdict: 'review' });
    });

    it.each([
      ['/matches/why?a=erp/1', 400, 'BAD_QUERY'],
      ['/matches/why?a=erp&b=crm/9', 400, 'BAD_QUERY'],
      ['/matches/why?a=erp/1&b=erp/1', 400, 'BAD_QUERY'],
      ['/matches/why?a=erp/1&b=crm/none', 404, 'ACCOUNT_NOT_FOUND'],
      ['/matches?cursor=x', 400, 'BAD_CURSOR'],
    ])('refuses %s', async (url, status, code) => {
      const answer = await gateway.call('GET', url, 'analyst');
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    });

    it('puts a pair off, and hands it on', async () => {
      const until = '2999-01-01T00:00:00.000Z';
      const deferred = await gateway.call('POST', '/matches/defer', 'administrator', { ...PAIR, until });
      expect(findings('MatchTask', deferred)).toEqual([]);
      expect([await list(), await list('?deferred=true')]).toEqual([[], ['crm/9 erp/1']]);
      await gateway.call('POST', '/matches/assign', 'administrator', { ...PAIR, assignee: 'wang' });
      expect(await list('?deferred=true&assignee=wang')).toEqual(['crm/9 erp/1']);
      expect(await list('?deferred=true&assignee=li')).toEqual([]);
      await gateway.call('POST', '/matches/defer', 'administrator', { ...PAIR, until: '2020-01-01T00:00:00Z' });
      expect(await list('?assignee=wang')).toEqual(['crm/9 erp/1']);
      const { body } = await gateway.call('GET', '/audit?limit=3', 'administrator');
      expect(body.items).toMatchObject([
        {
          action: 'POST /matches/defer',
          subject: 'erp/1 crm/9',
          details: {
            before: { assignee: 'wang', deferred_until: until },
            after: { assignee: 'wang', deferred_until: '2020-01-01T00:00:00.000Z' },
          },
        },
        { action: 'POST /matches/assign', details: { after: { assignee: 'wang' } } },
        { action: 'POST /matches/defer', details: { before: null } },
      ]);
    });

    it('takes a decision once, and asks nobody again', async () => {
      const body = { ...PAIR, reason: 'same commercial register entry' };
      const decided = await gateway.call('POST', '/matches/confirm', 'administrator', body);
      expect([decided.status, decided.body.verdict]).toEqual([202, 'same']);
      expect(findings('IdentityDecision', decided)).toEqual([]);
      const [decision] = gateway.identity.decisions;
      expect(decision).toMatchObject({ a: { system: 'crm', key: '9' }, b: { system: 'erp', key: '1' } });
      await gateway.store.reconcile.transact(null, (tx) => tx.accounts.saveDecision(decision!));
      expect(await list('?deferred=true')).toEqual([]);
      const again = await gateway.call('POST', '/matches/reject', 'administrator', body);
      expect([again.status, again.body.code]).toEqual([409, 'MATCH_DECIDED']);
      const why = await gateway.call('GET', '/matches/why?a=erp/1&b=crm/9', 'analyst');
      expect(why.body.decision).toMatchObject({ id: decision!.id, verdict: 'same' });
    });

    it.each([
      ['confirm', { ...PAIR }],
      ['defer', { ...PAIR, until: 'tomorrow' }],
      ['assign', { a: 'erp', b: 'crm/9' }],
      ['reject', { a: 'erp/1', b: 'erp/1', reason: 'x' }],
    ])('refuses to %s %j', async (action, body) => {
      const answer = await gateway.call('POST', `/matches/${action}`, 'administrator', body);
      expect([answer.status, answer.body.code]).toEqual([400, 'BAD_BODY']);
    });
  });
}

function account(
  system: string,
  key: string,
  name: string,
  { city, email }: { city: string; email?: string },
): AccountRow {
  const birthId = `customer-${system}-${key}`;
  return anAccount(
    { system, key, customerId: birthId, birthId, link: 'born', isCustomer: true, identityKeys: [] },
    {
      name,
      mergedInto: null,
      identifiers: [],
      contacts: email ? [{ type: 'email', value: email, name: null }] : [],
      addresses: [{ street: null, city, postalCode: null, country: null }],
    },
  );
}
