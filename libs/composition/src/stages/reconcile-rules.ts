import { compileMatching, matchingOf, type MatchingConfiguration, type MatchingModel } from '@syncline/identity';
import {
  IdentityResolver,
  StreamMatching,
  type MatchCounts,
  type ReconcileRules,
} from '@syncline/pipeline/reconcile/handler';
import type { StageMetrics } from '@syncline/pipeline/shared';
import type { SynclineConfig } from '@syncline/platform';

/** Systems that the configuration no longer has come last. */
const LAST_PRIORITY = 1_000_000;

/** ISO 4217's code for no currency: what a system had that the configuration no longer names is never converted. */
const NO_CURRENCY = 'XXX';

/** The part of the configuration that reconcile goes by; plain values, so that it can be sent to a thread. */
export interface ReconcileSettings extends Pick<SynclineConfig, 'crossReferences' | 'survivorship'> {
  matching: MatchingConfiguration | null;
  systems: readonly Pick<SynclineConfig['systems'][number], 'name' | 'currency' | 'priority'>[];
}

export function reconcileSettings({
  systems,
  crossReferences,
  survivorship,
  matching,
}: SynclineConfig): ReconcileSettings {
  return {
    systems: systems.map(({ name, currency, priority }) => ({ name, currency, priority })),
    crossReferences,
    matching: matching && matchingOf(matching.text, matching.file),
    survivorship: { default: { ...survivorship.default }, attributes: new Map(survivorship.attributes) },
  };
}

/** What reconcile has to know of the installation. */
export function reconcileRules(settings: ReconcileSettings, metrics?: Pick<StageMetrics, 'count'>): ReconcileRules {
  const { systems, crossReferences, survivorship, matching } = settings;
  const currencies = new Map(systems.map(({ name, currency }) => [name, currency]));
  const priorities = new Map(systems.map(({ name, priority }) => [name, priority]));
  const priorityOf = (system: string): number => priorities.get(system) ?? LAST_PRIORITY;
  return {
    currencyOf: (system) => currencies.get(system) ?? NO_CURRENCY,
    crossReferences,
    survivorship: { ruleOf: (attribute) => survivorship.attributes.get(attribute) ?? survivorship.default, priorityOf },
    identity: new IdentityResolver(
      priorityOf,
      new StreamMatching(matching && compileMatching(matching), (counts) => countMatches(counts, metrics)),
    ),
  };
}

/** What accounts are matched by; null = nothing is matched by similarity. */
export function matchingModel({ matching }: Pick<SynclineConfig, 'matching'>): MatchingModel | null {
  return matching && compileMatching(matchingOf(matching.text, matching.file));
}

function countMatches({ compared, crossed, leftOut }: MatchCounts, metrics?: Pick<StageMetrics, 'count'>): void {
  if (compared) metrics?.count('syncline_match_comparisons_total', {}, compared);
  if (crossed) metrics?.count('syncline_match_blocks_crossed_total', {}, crossed);
  if (leftOut) metrics?.count('syncline_match_left_out_total', {}, leftOut);
}
