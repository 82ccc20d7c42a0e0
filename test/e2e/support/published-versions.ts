import { TOPICS } from '@syncline/pipeline/shared';
import type { Installation } from './installation';
import { publishedEvents } from './published-events';
import { versionsOf, type VersionsOfCustomer } from './version-flaws';

/** Everything that was published of customers: for each, the contents that were sent under each version. */
export async function publishedVersions(installation: Installation): Promise<Map<string, VersionsOfCustomer>> {
  return versionsOf(await publishedEvents(installation, TOPICS.customers));
}
