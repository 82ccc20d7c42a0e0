import { extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { compositionError } from '../errors';
import type { ComputationName, ComputationRequest, Computations } from './computations';
import { buffersIn } from './transferable';

const ENTRY = join(__dirname, `computation.worker${extname(__filename)}`);

/** Several times what a million customers need. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

/**
 * Works a computation out on a thread that is started for it and ends with it: it is needed rarely, and holds no
 * memory in between. Buffers in the input are given away.
 * @throws SynclineError COMPUTATION_FAILED (transient) when the thread ends without an answer; an AbortError when the
 * signal aborts
 */
export async function computeOnThread<N extends ComputationName>(
  request: ComputationRequest<N>,
  signal?: AbortSignal,
  options: Pick<WorkerOptions, 'execArgv'> = {},
): Promise<ReturnType<Computations[N]>> {
  signal?.throwIfAborted();
  const worker = new Worker(ENTRY, {
    name: request.name,
    workerData: request,
    transferList: buffersIn(request.input),
    resourceLimits: LIMITS,
    ...options,
  });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<ReturnType<Computations[N]>>((resolve, reject) => {
      const fail = (cause?: unknown): void =>
        reject(compositionError('COMPUTATION_FAILED', `${request.name} ended without an answer`, cause));
      worker.once('message', resolve);
      worker.once('error', fail);
      worker.once('exit', () => fail());
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
