import { watchMemory, type BenchCase, type CaseOptions } from './bench-case';
import { accountsEmbedded, fillAccounts } from './cases/accounts-embedded';
import { fillKafka } from './cases/fill-kafka';
import { kafkaRaw } from './cases/kafka-raw';
import { kafkaTransport } from './cases/kafka-transport';
import { fillEmbedded } from './cases/fill-embedded';
import { matching } from './cases/matching';
import { oneMoreAccount } from './cases/one-more-account';
import { pipelineCase } from './cases/pipeline';
import { recordWrites } from './cases/record-writes';
import { storeRaw } from './cases/store-raw';

const CASES: Readonly<Record<string, BenchCase>> = {
  'fill-accounts': fillAccounts,
  'accounts-embedded': accountsEmbedded,
  'fill-kafka': fillKafka,
  'kafka-raw': kafkaRaw,
  'kafka-transport': kafkaTransport,
  'fill-embedded': fillEmbedded,
  matching,
  'one-more-account': oneMoreAccount,
  'record-writes': recordWrites,
  'store-raw-sqlite': (options) => storeRaw(options, 'sqlite'),
  'store-raw-postgres': (options) => storeRaw(options, 'postgres'),
  'pipeline-embedded': (options) => pipelineCase(options, 'embedded'),
  'pipeline-distributed': (options) => pipelineCase(options, 'distributed'),
};

/** A case in a process of its own: `run-case.js <case> <options as JSON>`; the result goes to the parent. */
async function main(): Promise<void> {
  const run = CASES[process.argv[2] ?? ''];
  if (!run) throw new Error(`no such case; there are ${Object.keys(CASES).join(', ')}`);
  const options = JSON.parse(process.argv[3] ?? '{}') as CaseOptions;
  const memory = watchMemory();
  const result = await run(options);
  process.send?.({ ...result, peakBytes: memory.stop() });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
