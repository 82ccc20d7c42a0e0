import { ChildInstallation } from './support/child-installation';
import { Installation } from './support/installation';
import { InstallationFolder } from './support/installation-folder';
import { publishedVersions } from './support/published-versions';
import { sampleLines } from './support/samples';
import { answersFor, setATruth } from './support/set-a-truth';
import { flawsOf } from './support/version-flaws';

const TRUTH = setATruth();
/** What has messages to read when the process is killed: each stage is cut off at its work. */
const KILLED_AT = ['syncline.ingest.erp', 'syncline.reconcile', 'syncline.rate', 'syncline.deliver'];

describe('a process that is killed at its work', () => {
  let folder: InstallationFolder;
  let child: ChildInstallation | undefined;
  let last: Installation | undefined;

  beforeEach(() => {
    folder = new InstallationFolder({
      businessDate: '2026-11-20',
      targetCodes: TRUTH.customers.map(({ code }) => code),
    });
  });

  afterEach(async () => {
    await child?.kill();
    await last?.stopProcesses();
    folder.remove();
  }, 60_000);

  it('goes on where it was: the truth at the end, no version lost and none told twice', async () => {
    const lines = sampleLines('set-a/erp.ndjson.gz');
    const parts = partsOf(lines, KILLED_AT.length + 1);
    child = await ChildInstallation.start(folder);
    for (const [i, group] of KILLED_AT.entries()) {
      // Killed before it could answer: whoever sent the events can't know what was taken, and sends them again.
      const unanswered = child.api.feed('erp', parts[i]!).catch(() => undefined);
      await Promise.race([child.atWork(group), unanswered]);
      await child.kill();
      await unanswered;
      child = await ChildInstallation.start(folder);
      await child.api.feed('erp', parts[i]!);
    }
    await child.api.feed('erp', parts.at(-1)!);
    await child.api.feed('crm', sampleLines('set-a/crm.ndjson.gz'));

    // Asked to stop, it ends in order though there is work left, and the next process does that.
    expect(await child.terminate()).toBe(0);
    child = undefined;
    last = await Installation.startIn(folder);
    await last.caughtUp();
    expect(await answersFor(last, TRUTH)).toEqual(TRUTH.customers);
    const published = await publishedVersions(last);
    expect(published.size).toBeGreaterThan(TRUTH.customers.length);
    expect(flawsOf(published)).toEqual([]);
  }, 240_000);
});

function partsOf<T>(items: readonly T[], count: number): T[][] {
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
