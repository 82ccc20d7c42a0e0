import { Installation, type Services } from './installation';
import { shuffled } from '@syncline/testing';
import { customers, identityQuality } from './identity-truth';
import { everyNthTwice, sampleLines } from './samples';
import { answersFor, balanceLines, setATruth } from './set-a-truth';

const TRUTH = setATruth();

interface Profile {
  name: string;
  services?(): Promise<Services & { drop(): Promise<void> }>;
}

/** The captured ERP and CRM against what the ERP itself says, under one profile. */
export function setAScenarios(profile: Profile): void {
  describe(`set A on the ${profile.name} profile`, () => {
    let installation: Installation;
    let inOrder: Map<string, string> | undefined;
    let services: (Services & { drop(): Promise<void> }) | undefined;

    beforeEach(async () => {
      services = await profile.services?.();
      const targetCodes = TRUTH.customers.map(({ code }) => code);
      installation = await Installation.start({
        businessDate: '2026-11-20',
        targetCodes,
        ...(services ? { services } : {}),
      });
    }, 60_000);

    afterEach(async () => {
      await installation?.stop();
      await services?.drop();
    }, 60_000);

    it('ends with the open totals, credits, aging and open orders of the ERP, in the order of the capture', async () => {
      await installation.feed('erp', sampleLines('set-a/erp.ndjson.gz'));
      await installation.feed('crm', sampleLines('set-a/crm.ndjson.gz'));
      await installation.caughtUp();
      expect(await answersFor(installation, TRUTH)).toEqual(TRUTH.customers);
      expect((await installation.get<{ items: unknown[] }>('/dead-letters')).items).toEqual([]);
      await expectConfirmedDeliveries(installation);
      await expectReconciled(installation);
      await expectOneCustomerEach(installation);
      inOrder = await customers(installation);
    }, 280_000);

    it('ends the same when the input is shuffled across topics and every third message comes twice', async () => {
      await installation.feed('crm', sampleLines('set-a/crm.ndjson.gz'));
      await installation.feed('erp', shuffled(everyNthTwice(sampleLines('set-a/erp.ndjson.gz'), 3), 7));
      await installation.caughtUp();
      expect(await answersFor(installation, TRUTH)).toEqual(TRUTH.customers);
      await expectOneCustomerEach(installation);
      if (inOrder) expect(await customers(installation)).toEqual(inOrder);
    }, 280_000);
  });
}

/** The CRM's accounts stand with the ERP customers that they are, and no look-alike with another. */
async function expectOneCustomerEach(installation: Installation): Promise<void> {
  const { f1, joinedLookAlikes, wanted } = await identityQuality(installation);
  expect(wanted).toBeGreaterThan(70);
  expect(joinedLookAlikes).toEqual([]);
  expect(f1).toBeGreaterThanOrEqual(0.98);
}

/** Nothing is verified until the ERP says what it has; then every customer agrees to the cent. */
async function expectReconciled(installation: Installation): Promise<void> {
  const read = () => installation.get<Reconciliation>('/reconciliation?limit=200');
  const { items: before, systems } = await read();
  expect([before, systems.map(({ balances }) => balances)]).toEqual([[], [0, 0]]);
  await installation.feed('erp', balanceLines('2026-11-20'));
  await installation.caughtUp();
  const { items } = await read();
  // Of 93 parties the ERP merged three into others.
  expect(items).toHaveLength(90);
  expect(items.filter(({ breaks }) => breaks.length > 0)).toEqual([]);
  expect(new Set(items.map(({ verified_through: day }) => day))).toEqual(new Set(['2026-11-20']));
}

interface Reconciliation {
  systems: { balances: number }[];
  items: { breaks: unknown[]; verified_through: string | null }[];
}

async function expectConfirmedDeliveries(installation: Installation): Promise<void> {
  const { items } = await installation.get<{ items: { state: string }[] }>('/deliveries?limit=200');
  expect(items.length).toBeGreaterThan(80);
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['confirmed']));
}
