import { TOPICS } from '@syncline/pipeline/shared';
import type { Installation } from './installation';

/** Events of one customer: what each version said. */
type VersionsOfCustomer = Map<number, Set<string>>;

/** Everything that was published of customers: for each, the contents that were sent under each version. */
export async function publishedVersions(installation: Installation): Promise<Map<string, VersionsOfCustomer>> {
  const { log } = installation.context.engine;
  const customers = new Map<string, VersionsOfCustomer>();
  const group = 'e2e-reader';
  const consumer = await log.consume({
    group,
    topics: [TOPICS.customers],
    maxMessages: 2_000,
    onBatch: async ({ messages }) => {
      for (const { headers, value } of messages) {
        const versions = customers.get(headers!['ce_subject']!) ?? new Map<number, Set<string>>();
        customers.set(headers!['ce_subject']!, versions);
        const version = Number(headers!['ce_sequence']);
        const content = `${headers!['ce_type']} ${value?.toString() ?? ''}`;
        versions.set(version, (versions.get(version) ?? new Set()).add(content));
      }
    },
    onCrash: (error) => {
      throw error;
    },
  });
  const isAtEnd = async (): Promise<boolean> =>
    (await log.positions(group, [TOPICS.customers])).every(({ committed, end }) => (committed ?? 0) >= end);
  while (!(await isAtEnd())) await new Promise((resolve) => setTimeout(resolve, 10));
  await consumer.stop();
  return customers;
}

/** Versions that are missing below the highest, and versions that were sent with different contents. */
export function flawsOf(customers: Map<string, VersionsOfCustomer>): string[] {
  return [...customers].flatMap(([id, versions]) => {
    const highest = Math.max(...versions.keys());
    const gaps = Array.from({ length: highest }, (_, i) => i + 1).filter((version) => !versions.has(version));
    const doubles = [...versions].filter(([, contents]) => contents.size > 1).map(([version]) => version);
    return [
      ...gaps.map((version) => `${id} lacks ${version}`),
      ...doubles.map((version) => `${id} has two ${version}`),
    ];
  });
}
