import { parentPort, workerData } from 'node:worker_threads';
import { COMPUTATIONS, type ComputationRequest } from './computations';
import { buffersIn } from './transferable';

/** The thread's side: works one computation out, answers, and ends. What it throws ends it as an error. */
if (parentPort) {
  const { name, input } = workerData as ComputationRequest;
  const answer = COMPUTATIONS[name](input);
  parentPort.postMessage(answer, buffersIn(answer));
}
