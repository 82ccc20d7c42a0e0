import { type InsightPolicy } from '@syncline/analytics';
import { compileClassCondition, type CreditPolicy } from '@syncline/credit';

/** With fewer customers no P(alive) is estimated, where the policy has no section for insight. */
const MIN_CUSTOMERS = 30;

/** What the policy says about value, stages, alerts and classes; conditions compiled. The policy must be checked. */
export function insightPolicyOf({ policy, value, analytics, customerInsight }: CreditPolicy): InsightPolicy {
  return {
    currency: policy.currency,
    value,
    lifecycle: analytics.lifecycle,
    gapAlarm: analytics.gapAlarm,
    ewma: analytics.ewma,
    cost: analytics.cost,
    keyAccountShare: analytics.keyAccount.cumShare,
    classes: (customerInsight?.classes ?? []).map((rule) => ({
      class: rule.class,
      when: rule.when === undefined ? null : compileClassCondition(rule.when),
    })),
    defaultProbability: customerInsight?.defaultProbability ?? {},
    pAliveMinCustomers: customerInsight?.pAliveMinCustomers ?? MIN_CUSTOMERS,
    alerts: customerInsight?.alerts ?? [],
    firstAlerts: customerInsight?.firstAlerts ?? [],
  };
}
