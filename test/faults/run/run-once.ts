import { Feeder } from '../feed/feeder';
import { FaultFolder } from '../installation/fault-folder';
import { EmbeddedInstallation } from '../installation/embedded-installation';
import { DistributedInstallation } from '../installation/distributed-installation';
import type { TestServices } from '../installation/test-services';
import { compareWithAll } from './compare';
import { Conductor } from '../schedule/conductor';
import type { Fault } from '../schedule/fault';
import type { ComparableState } from '../state/comparable-state';
import { RecordingTarget } from '../target/recording-target';
import type { Plan } from './plan';

export interface RunResult {
  differences: string[];
  /** Null when it never came to an end. */
  state: ComparableState | null;
  injected: Map<string, number>;
  /** From the end of the last fault, or of the input when that was later, until nothing was left to do. */
  recoverySeconds: number;
  seconds: number;
  /** Chunks that had to be sent again. */
  repeated: number;
  /** Kept when something differs. */
  folder: string;
}

/**
 * One installation, one input, some faults; then everything is looked at. `reference` is the state without faults;
 * with `services` the installation is distributed.
 */
export async function runOnce(
  plan: Plan,
  faults: readonly Fault[],
  reference: ComparableState | null,
  services: TestServices | null,
): Promise<RunResult> {
  const began = performance.now();
  const target = new RecordingTarget();
  await target.start();
  const folder = new FaultFolder({ targetUrl: target.url, batch: plan.batch, brokers: services?.brokers ?? 1 });
  const installation = services ? await DistributedInstallation.on(folder, services) : new EmbeddedInstallation(folder);
  const conductor = new Conductor(installation, target, faults);
  const feeder = new Feeder(installation);
  const result: RunResult = {
    differences: [],
    state: null,
    injected: conductor.injected,
    recoverySeconds: 0,
    seconds: 0,
    repeated: 0,
    folder: folder.path,
  };
  try {
    conductor.before(0);
    await installation.start();
    for (const [at, chunk] of plan.workload.chunks.entries()) {
      conductor.before(at + 1);
      await feeder.send(chunk);
    }
    const fed = performance.now();
    await conductor.quiet();
    await installation.settled();
    const settled = performance.now();
    await conductor.finish();
    // What a fault still held back may come now; nothing is left of it after this.
    await installation.settled();
    result.recoverySeconds = Math.max(0, settled - Math.max(fed, conductor.lastOver)) / 1000;
    result.differences.push(...conductor.flaws, ...(await installation.stopInOrder()));
    const compared = await compareWithAll(plan, await installation.open(), target, reference);
    result.differences.push(...compared.differences);
    result.state = compared.state;
  } catch (error) {
    result.differences.push(`run: ${error instanceof Error ? error.message : String(error)}`);
    await installation.abandon();
  } finally {
    await target.stop();
    result.repeated = feeder.repeated;
    result.seconds = (performance.now() - began) / 1000;
  }
  if (result.differences.length === 0) {
    folder.remove();
    await installation.forget();
  }
  return result;
}
