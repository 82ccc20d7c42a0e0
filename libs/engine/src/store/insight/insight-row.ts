import type { CustomerInsight } from '@syncline/analytics';
import { canonicalDecimal } from '@syncline/model';
import type { InsightRun } from '@syncline/pipeline/insight';
import type { Row } from '../schema/table';

/** A customer's insight as a row; what lists filter by is in columns. */
export function insightRow(insight: CustomerInsight): Row {
  const { value, stage, rfm, pAlive, profit, alerts } = insight;
  return {
    customer_id: insight.customerId,
    as_of: insight.asOf,
    value_score: value && canonicalDecimal(value.score.toFixed(4)),
    value_level: value && value.level,
    stage: stage.stage,
    stage_since: stage.since,
    p_alive: pAlive === null ? null : canonicalDecimal(pAlive.toFixed(6)),
    rfm: rfm && `${rfm.recency}${rfm.frequency}${rfm.monetary}`,
    class: insight.class && insight.class.class,
    key_account: insight.keyAccount,
    loss_making: insight.lossMaking,
    net_profit: profit.profit,
    alerts: alerts.length === 0 ? '' : ` ${alerts.map(({ rule }) => rule).join(' ')} `,
    body: insight,
  };
}

export function insightRunRow(run: InsightRun): Row {
  return { as_of: run.asOf, completed_at: run.completedAt, customers: run.extent.customers, body: run };
}
