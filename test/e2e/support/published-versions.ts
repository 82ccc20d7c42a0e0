import { TOPICS } from '@syncline/pipeline/shared';
import type { Installation } from './installation';
import { publishedEvents } from './published-events';

/** Events of one customer: what each version said. */
type VersionsOfCustomer = Map<number, Set<string>>;

/** Everything that was published of customers: for each, the contents that were sent under each version. */
export async function publishedVersions(installation: Installation): Promise<Map<string, VersionsOfCustomer>> {
  const customers = new Map<string, VersionsOfCustomer>();
  for (const { headers, value } of await publishedEvents(installation, TOPICS.customers)) {
    const versions = customers.get(headers!['ce_subject']!) ?? new Map<number, Set<string>>();
    customers.set(headers!['ce_subject']!, versions);
    const version = Number(headers!['ce_sequence']);
    const content = `${headers!['ce_type']} ${value?.toString() ?? ''}`;
    versions.set(version, (versions.get(version) ?? new Set()).add(content));
  }
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
