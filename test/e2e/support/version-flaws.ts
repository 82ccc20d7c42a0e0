/** Events of one customer: what each version said. */
export type VersionsOfCustomer = Map<number, Set<string>>;

interface PublishedEvent {
  headers?: Readonly<Record<string, string>> | undefined;
  value: Buffer | string | null;
}

/** For each customer, the contents that were sent under each version. */
export function versionsOf(events: Iterable<PublishedEvent>): Map<string, VersionsOfCustomer> {
  const customers = new Map<string, VersionsOfCustomer>();
  for (const { headers, value } of events) {
    const versions = customers.get(headers!['ce_subject']!) ?? new Map<number, Set<string>>();
    customers.set(headers!['ce_subject']!, versions);
    const version = Number(headers!['ce_sequence']);
    const content = `${headers!['ce_type']} ${value?.toString() ?? ''}`;
    versions.set(version, (versions.get(version) ?? new Set()).add(content));
  }
  return customers;
}

/** Versions that are missing below the highest, and those of which events of one type differ; types may share one. */
export function flawsOf(customers: Map<string, VersionsOfCustomer>): string[] {
  return [...customers].flatMap(([id, versions]) => {
    const highest = Math.max(...versions.keys());
    const gaps = Array.from({ length: highest }, (_, i) => i + 1).filter((version) => !versions.has(version));
    const doubles = [...versions]
      .filter(([, contents]) => contents.size > typesOf(contents))
      .map(([version]) => version);
    return [
      ...gaps.map((version) => `${id} lacks ${version}`),
      ...doubles.map((version) => `${id} has two ${version}`),
    ];
  });
}

function typesOf(contents: ReadonlySet<string>): number {
  return new Set([...contents].map((content) => content.slice(0, content.indexOf(' ')))).size;
}
