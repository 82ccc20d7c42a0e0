import { BaseRpcContext } from '@nestjs/microservices';
import type { BatchControl } from '../event-log.port';

/** What a stage's handler gets beside the batch: `@Ctx() context: BatchContext`. */
export class BatchContext extends BaseRpcContext<[BatchControl]> implements BatchControl {
  constructor(control: BatchControl) {
    super([control]);
  }

  /** Aborted when the partition is taken away or the stage stops: finish, or give up by rejecting. */
  get signal(): AbortSignal {
    return this.args[0].signal;
  }

  /** Keeps the membership alive during long work. */
  heartbeat(): Promise<void> {
    return this.args[0].heartbeat();
  }
}
