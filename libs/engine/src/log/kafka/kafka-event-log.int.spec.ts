import { eventLogContract, type EventLogFixture } from '@syncline/testing';
import { createEventLog } from '../create-event-log';

jest.setTimeout(60_000);

function brokers(): string[] {
  const named = process.env.SYNCLINE_TEST_KAFKA_BROKERS;
  if (!named) throw new Error('SYNCLINE_TEST_KAFKA_BROKERS is not set: run `npm run test:distributed`.');
  return named.split(',');
}

async function openFixture(compression: 'none' | 'gzip'): Promise<EventLogFixture> {
  const open = () =>
    createEventLog(
      {
        kind: 'kafka',
        brokers: brokers(),
        clientId: 'contract',
        compression,
        maxWaitMs: 50,
        sessionTimeoutMs: 10_000,
        backoffMs: { first: 5, most: 50 },
      },
      { now: Date.now },
    );
  const fixture: EventLogFixture = {
    log: await open(),
    reopen: async () => {
      await fixture.log.close();
      fixture.log = await open();
      return fixture.log;
    },
    dispose: () => fixture.log.close(),
  };
  return fixture;
}

eventLogContract('kafka', { partitions: 3, sharedGroups: true }, () => openFixture('none'));
eventLogContract('kafka, gzip', { partitions: 3, sharedGroups: true }, () => openFixture('gzip'));
