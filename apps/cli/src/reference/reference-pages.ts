import type { Command } from 'commander';
import { accessPage, errorsPage, metricsPage, recordsPage } from './catalogue-pages';
import { cliPage } from './cli-page';
import { configurationPage } from './configuration-page';

/** Path → text of every page that is made from the code. */
export function referencePages(program: Command): Map<string, string> {
  return new Map([
    ['docs/reference/configuration.md', configurationPage()],
    ['docs/reference/cli.md', cliPage(program)],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/records.md', recordsPage()],
    ['docs/reference/access.md', accessPage()],
    ['docs/reference/metrics.md', metricsPage()],
  ]);
}
