import { setTimeout as pause } from 'node:timers/promises';
import type { RunningProcess, StageProgress } from '@syncline/composition';

/** Pause between two looks; what is waited for are positions. */
const LOOK_MS = 100;

/**
 * Resolves when every stage has read everything and every delivery has ended, one way or the other.
 * @param onProgress told at each look how far the stages are
 */
export async function untilCaughtUp(
  { progress }: RunningProcess,
  onProgress: (stages: StageProgress[]) => void = () => undefined,
): Promise<void> {
  for (;;) {
    onProgress(await progress.stages());
    if (await progress.hasCaughtUp()) return;
    await pause(LOOK_MS);
  }
}
