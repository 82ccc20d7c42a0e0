import type { DeliveryQueries } from '@syncline/pipeline/publish';
import type { EventLog } from '@syncline/pipeline/shared';
import type { StageBinding } from '@syncline/pipeline/shared/transport';
import type { Relays } from '../process/relays';

/** How far a stage is in its input: messages that are there, and that it has read. */
export interface StageProgress {
  name: string;
  total: number;
  read: number;
}

/** Looks at positions, outboxes and deliveries: the only way to know that everything has been taken through. */
export class PipelineProgress {
  constructor(
    private readonly log: EventLog,
    private readonly bindings: readonly StageBinding[],
    private readonly relays: Relays,
    private readonly deliveries: DeliveryQueries,
  ) {}

  async stages(): Promise<StageProgress[]> {
    return Promise.all(
      this.bindings.map(async ({ pattern, name = pattern, group, topics }) => {
        const positions = await this.log.positions(group, topics);
        const total = positions.reduce((sum, { end }) => sum + end, 0);
        const read = positions.reduce((sum, { committed }) => sum + (committed ?? 0), 0);
        return { name, total, read };
      }),
    );
  }

  /** Whether every stage has read everything, nothing waits in an outbox, and no delivery is under way. */
  async hasCaughtUp(): Promise<boolean> {
    if (!(await this.stages()).every(({ total, read }) => read >= total)) return false;
    const before = await this.ends();
    await this.relays.drained();
    const counts = await this.deliveries.counts();
    const unsettled = counts.filter(({ state }) => state === 'due' || state === 'running');
    if (unsettled.some(({ count }) => count > 0)) return false;
    // What the relays have just appended, or a delivery that has just ended, counts too.
    const after = await this.ends();
    return before === after && (await this.stages()).every(({ total, read }) => read >= total);
  }

  private async ends(): Promise<string> {
    return (await this.stages()).map(({ name, total }) => `${name}=${total}`).join();
  }
}
