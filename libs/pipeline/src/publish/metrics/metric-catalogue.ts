import { INGEST_METRICS } from '../../ingest/ingest-metrics';
import { ACCESS_COUNTERS } from '../access/access-limits';
import { COLLECTED_GAUGES } from './collect-gauges';

/** Metrics of the stages that keep no list of their own. */
const STAGES = {
  syncline_front_door_events_total: 'Lines that came by POST /ingest or `syncline ingest`, by system and outcome.',
  syncline_records_total: 'Records that reconcile read, by stage.',
  syncline_accounts_rematched_total: 'Accounts matched again because the matching configuration is another one.',
  syncline_match_comparisons_total: 'Pairs of accounts that were compared.',
  syncline_match_blocks_crossed_total: 'Blocking keys that became too common to be compared by, or no longer are.',
  syncline_match_left_out_total: 'Accounts placed without similarity, because it connects too many with them.',
  syncline_customers_folded_total: 'Customer views that reconcile computed, changed or not.',
  syncline_ratings_evaluated_total: 'Customers whose credit was evaluated.',
  syncline_insights_evaluated_total: 'Customers whose value, stage and alerts were evaluated.',
  syncline_customer_alerts_total: 'Customer alerts raised or ended.',
  syncline_ratings_changed_total: 'Evaluations that changed the rating.',
} as const;

/** Every metric that Syncline itself reports, with what it means; docs/reference/metrics.md is made from it. */
export const METRIC_CATALOGUE: Readonly<Record<string, string>> = {
  ...INGEST_METRICS,
  ...STAGES,
  ...COLLECTED_GAUGES,
  ...ACCESS_COUNTERS,
};
