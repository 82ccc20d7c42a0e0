import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Installation } from './support/installation';
import { InstallationFolder } from './support/installation-folder';
import { publishedVersions } from './support/published-versions';
import { sampleLines } from './support/samples';
import { flawsOf } from './support/version-flaws';

/**
 * What a process of 2026-11-26 left when it was killed in the middle of the small capture: a store two migrations
 * behind, a log with the events of that day, and work of every stage that was not through.
 */
const LEFT_BEHIND = 'test/fixtures/2026-11-26';
/** Lines of the capture that it had taken; some before them come again, as from a source that lost their answer. */
const TAKEN = 1777;
const AGAIN = 150;

const options = {
  businessDate: '2026-11-22',
  targetCodes: Array.from({ length: 43 }, (_, i) => `C${String(i + 1).padStart(5, '0')}`),
};

interface ListedCustomer {
  id: string;
}

describe('an installation of an earlier version', () => {
  const running: Installation[] = [];

  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  }, 60_000);

  it('goes on under this one, and ends where one of this version alone ends', async () => {
    const lines = sampleLines('small/erp.ndjson.gz');
    const folder = new InstallationFolder(options);
    for (const file of readdirSync(LEFT_BEHIND))
      writeFileSync(join(folder.data, file.replace('.gz', '')), gunzipSync(readFileSync(join(LEFT_BEHIND, file))));
    const upgraded = await started(Installation.startIn(folder));
    await upgraded.feed('erp', lines.slice(TAKEN - AGAIN));
    const fresh = await started(Installation.start(options));
    await fresh.feed('erp', [...sampleLines('small/reference.ndjson.gz'), ...lines]);
    await Promise.all([upgraded.caughtUp(), fresh.caughtUp()]);
    const states = await Promise.all([customersOf(upgraded), customersOf(fresh)]);
    expect(states[1].length).toBeGreaterThan(15);
    expect(states[0]).toEqual(states[1]);
    expect(flawsOf(await publishedVersions(upgraded))).toEqual([]);
  }, 240_000);

  async function started(start: Promise<Installation>): Promise<Installation> {
    const installation = await start;
    running.push(installation);
    return installation;
  }
});

/** All customers with what was made of them, but for how often that was and when. */
async function customersOf(installation: Installation): Promise<unknown[]> {
  const { items } = await installation.get<{ items: ListedCustomer[] }>('/customers?limit=200');
  const views = items.map(({ id }) => installation.get<Record<string, unknown>>(`/customers/${id}`));
  return (await Promise.all(views)).map(({ id, name, accounts, attributes, receivables, orders, rating }) => ({
    ...{ id, name, accounts, attributes, receivables, orders },
    rating: withoutHistory(rating as Record<string, unknown> | null),
  }));
}

function withoutHistory(rating: Record<string, unknown> | null): unknown {
  return (
    rating && { grade: rating['grade'], term_days: rating['term_days'], limit: rating['limit'], hold: rating['hold'] }
  );
}
