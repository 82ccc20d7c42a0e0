import { VERSION } from '@syncline/composition';
import { creditPolicyReference } from '@syncline/credit';
import { matchingReference } from '@syncline/identity';
import type { Command } from 'commander';
import { asyncApiPage } from './asyncapi-page';
import { accessPage, errorsPage, metricsPage, recordsPage } from './catalogue-pages';
import { cliPage } from './cli-page';
import { configurationPage } from './configuration-page';
import { eventsPage } from './events-page';
import { openApiPage } from './openapi-page';

/** Path → text of every page that is made from the code. */
export async function referencePages(program: Command): Promise<Map<string, string>> {
  return new Map([
    ['docs/reference/configuration.md', configurationPage()],
    ['docs/reference/cli.md', cliPage(program)],
    ['docs/reference/credit-policy.md', creditPolicyReference()],
    ['docs/reference/matching.md', matchingReference()],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/records.md', recordsPage()],
    ['docs/reference/access.md', accessPage()],
    ['docs/reference/metrics.md', metricsPage()],
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/asyncapi.yaml', asyncApiPage()],
    ['docs/reference/openapi.json', await openApiPage(VERSION)],
  ]);
}
