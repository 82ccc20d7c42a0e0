import { SynclineError } from '@syncline/model';
import type {
  Connector,
  ConnectorControl,
  ConnectorLag,
  DeadLetterReplay,
  IdentityDecisions,
  IngestCounts,
  IngestFrontDoor,
  ReplayOutcome,
} from '@syncline/pipeline/publish';
import type { IdentityDecision } from '@syncline/pipeline/reconcile';

/** A source that can be paused, and a sink whose target fails. */
export class FakeConnectors implements ConnectorControl {
  readonly calls: string[] = [];
  private state: Connector['state'] = 'RUNNING';

  list(): Promise<Connector[]> {
    const { state } = this;
    const workerId = 'test:1';
    const failure = 'TARGET_CIRCUIT_OPEN: the target failed';
    return Promise.resolve<Connector[]>([
      {
        name: 'erp',
        type: 'source',
        config: { name: 'erp', password: '${env:ERP}' },
        state,
        workerId,
        tasks: [{ id: 0, state, workerId }],
      },
      {
        name: 'u8',
        type: 'sink',
        config: { name: 'u8' },
        state: 'DEGRADED',
        workerId,
        trace: failure,
        tasks: [{ id: 0, state: 'DEGRADED', workerId, trace: failure }],
      },
    ]);
  }

  pause(name: string): Promise<void> {
    this.state = 'PAUSED';
    return this.note(`pause ${name}`);
  }

  resume(name: string): Promise<void> {
    this.state = 'RUNNING';
    return this.note(`resume ${name}`);
  }

  stop(name: string): Promise<void> {
    return this.note(`stop ${name}`);
  }

  restart(name: string, options: { includeTasks: boolean; onlyFailed: boolean }): Promise<void> {
    return this.note(`restart ${name} ${JSON.stringify(options)}`);
  }

  lag(): Promise<ConnectorLag[]> {
    return Promise.resolve([
      { topic: 'erp.public.party_party', partition: 0, committed: 90, end: 100 },
      { topic: 'erp.public.sale_sale', partition: 0, committed: null, end: 5 },
    ]);
  }

  private note(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }
}

export class FakeIdentity implements IdentityDecisions {
  readonly decisions: IdentityDecision[] = [];

  add(decision: Parameters<IdentityDecisions['add']>[0]): Promise<IdentityDecision> {
    const added = { id: `d${this.decisions.length + 1}`, ...decision, revokedBy: null, revokedAt: null };
    this.decisions.push(added);
    return Promise.resolve(added);
  }

  revoke(id: string, by: string, at: string): Promise<IdentityDecision | undefined> {
    const found = this.decisions.find((decision) => decision.id === id && decision.revokedAt === null);
    if (found) Object.assign(found, { revokedBy: by, revokedAt: at });
    return Promise.resolve(found);
  }

  list(): Promise<IdentityDecision[]> {
    return Promise.resolve(this.decisions);
  }
}

export class FakeReplays implements DeadLetterReplay {
  readonly calls: unknown[] = [];

  replay(request: Parameters<DeadLetterReplay['replay']>[0]): Promise<ReplayOutcome[]> {
    this.calls.push(request);
    const preview = [
      {
        system: 'erp',
        kind: 'contact' as const,
        key: '1',
        version: '1',
        deleted: false,
        fields: { value: '13800000000' },
        refs: {},
        origin: { topic: 't', partition: 0, offset: 1, mapping: 'm@1' },
      },
    ];
    return Promise.resolve(
      (request.ids ?? []).map((id) => ({
        id,
        outcome: request.dryRun ? 'would_succeed' : 'replayed',
        records: 1,
        preview,
      })),
    );
  }

  discard(ids: string[]): Promise<string[]> {
    return Promise.resolve(ids.slice(0, 1));
  }
}

export class FakeDoor implements IngestFrontDoor {
  readonly events: string[] = [];

  accept(system: string, events: readonly Buffer[]): Promise<IngestCounts> {
    if (system === 'behind')
      return Promise.reject(new SynclineError({ code: 'INGEST_BEHIND', kind: 'transient', message: 'behind' }));
    if (system !== 'erp')
      return Promise.reject(
        new SynclineError({ code: 'SYSTEM_NOT_FOUND', kind: 'request', message: 'no such system' }),
      );
    this.events.push(...events.map((event) => event.toString()));
    return Promise.resolve({ accepted: events.length, ignored: 0, failed: 0 });
  }
}
