import { DEPOSIT_RULES, EXPOSURE_PRESET_NAMES, ORDER_VALUES } from '@syncline/receivables';
import { ALERT_RULES, CUSTOMER_CLASSES, type AlertRule } from '@syncline/analytics';
import { HOLDS, settings } from '@syncline/model';

const { amount, date, flag, list, mapOf, nullable, number, object, oneOf, optional, pair, text, whole } = settings;

const ALERTS = Object.keys(ALERT_RULES) as AlertRule[];
const share = { min: 0, max: 1 };
const positive = { min: 0 };

const policy = object(
  {
    id: text('Name of the policy; stands in every rating made by it.'),
    version: whole('Raise it with every change: a rating names the version that made it.', { min: 1 }),
    effectiveFrom: date('First day on which it applies.'),
    currency: text('ISO 4217. Limits, amounts and thresholds are in this currency.'),
    evaluate: oneOf(['daily'], 'How often the calendar makes ratings anew; events do so at once.'),
    review: oneOf(['monthly', 'quarterly'], 'How often grades may move by hysteresis.'),
    timezone: text('IANA name of the zone of the policy’s days.'),
  },
  'Which policy this is.',
);

const windows = object(
  {
    behaviourDays: whole('How far back payments count, in days.', { min: 1 }),
    halfLifeDays: whole('After so many days a payment weighs half in the pay index.', { min: 1 }),
    graceDays: whole('A payment is on time up to so many days after its due date.'),
    trendRecentDays: whole(
      'The recent part of the trend, in days; the rest of behaviour_days is what it is compared with.',
      { min: 1 },
    ),
    minSettlements: whole('With fewer payments there is no pay index.'),
    minHistoryDays: whole('With a shorter time since the first invoice there is no pay index.'),
    dataFreshnessMaxHours: whole('A balance reported for a day further back is stale (24 hours a day).', { min: 1 }),
  },
  'What time the evidence comes from.',
);

const payIndex = object(
  {
    scale: list(
      pair(),
      '`[days past due, points]`, days rising: what a payment that late is worth. Linear between the points.',
    ),
    capEarlyAt: number('The most points for one payment: early small payments must not hide late large ones.', {
      min: 0,
      max: 100,
    }),
    weight: oneOf(['amount_x_recency'], 'A payment weighs its amount, halved after every half-life.'),
    openOverdue: oneOf(['as_if_paid_today'], 'How open overdue items count.'),
    nonCashSettlements: oneOf(['exclude'], 'Credit notes, netting and write-offs are not payments.'),
  },
  'The pay index: how late, weighted by amount and recency.',
);

const factor = (description: string) =>
  number(`Factor of ${description}: 1 counts in full, 0 not at all, -1 takes it off.`, { min: -1, max: 1 });

const exposure = object(
  {
    preset: optional(
      oneOf(
        EXPOSURE_PRESET_NAMES,
        'What this ERP counts; fields beside it go before it. Absent = all fields have to be there but the two that say otherwise.',
      ),
    ),
    openItems: optional(factor('open items that are not disputed')),
    disputedItems: optional(factor('disputed items')),
    unappliedCash: optional(factor('cash that is not set against an invoice')),
    unappliedCreditMemos: optional(factor('credit memos that are not set against an invoice')),
    bankAcceptanceUnmatured: optional(factor('bank acceptances before maturity')),
    commercialAcceptanceUnmatured: optional(factor('commercial acceptances before maturity')),
    deliveredNotInvoicedGross: optional(factor('what was delivered and not invoiced, with tax')),
    openOrdersGross: optional(factor('what is ordered and not delivered, with tax')),
    openOrderHorizonDays: optional(
      nullable(whole('Orders to be delivered later than this many days from now do not count; null = all count.')),
    ),
    orderDeposits: optional(factor('deposits of these orders, each at most its order’s remaining value')),
    orderValue: optional(
      oneOf(ORDER_VALUES, 'Whether orders and deliveries count with tax or without. Absent, without a preset = gross.'),
    ),
    deposits: optional(
      oneOf(
        DEPOSIT_RULES,
        'Whether a deposit offsets its own order alone or counts as unapplied cash. Absent, without a preset = per_order.',
      ),
    ),
    floorZero: optional(flag('Exposure is never negative.')),
  },
  'What a customer could still fail to pay. Without a preset every factor, the horizon and `floor_zero` are needed.',
);

const feature = object({
  weight: number('What the feature weighs; weights need not add up to 100.', positive),
  knots: list(pair(), '`[value, points]`, values rising: linear between the points, the outer points beyond.'),
});

const grade = object({
  grade: text('Name, as it goes to the target systems.'),
  min: number('Cut-off: a score of at least this.', { min: 0, max: 100 }),
  term: whole('Payment term in days.'),
  mult: number('Multiple of the need that the limit may be.', positive),
  cap: amount('The highest limit.'),
  level: text('Level for reports that have fewer classes.'),
});

const hardRule = object({
  code: text('Stable code; the reason that the rating shows.'),
  when: text('Condition: names of facts, numbers, `< <= > >= == !=`, `and or not`, `+ - * /`, brackets.'),
  cap: optional(text('The best grade that is left.')),
  hold: optional(oneOf(HOLDS, '`new_orders` stops further orders, `all` also deliveries.')),
  freeze: optional(oneOf(['upgrades'], 'The grade may not get better while it holds.')),
});

const statutory = object({
  default: whole('The lawful term where nothing is agreed, in days.'),
  max: optional(whole('The longest lawful term, in days.')),
  mode: oneOf(['enforce', 'warn'], '`enforce` shortens the term; `warn` only names it in the reasons.'),
});

const limit = object(
  {
    bufferDays: whole('Days beyond the term that the need covers.'),
    seasonality: object({
      min: number('Least factor.', positive),
      max: number('Greatest factor of peak month / mean month.', positive),
    }),
    valueUplift: object({
      A: number('Factor for customers of value level A.', positive),
      B: number('The same for level B.', positive),
      C: number('The same for level C.', positive),
      D: number('The same for level D.', positive),
      notBelowGrade: text('Below this grade a valuable customer gets no more than others.'),
    }),
    capacity: object({
      netWorthPct: number('Share of the customer’s net worth.', share),
      workingCapitalPct: number('Share of its working capital.', share),
      use: oneOf(['min_when_known'], 'The lesser of those that are known.'),
    }),
    collectionsBackstop: object({
      enabled: flag('Whether what the customer really pays bounds the limit.'),
      weights: list(number('', positive), 'Weights of the last months’ receipts, the latest first; at most six.'),
      headroom: number('Multiple of what it pays within the term.', positive),
    }),
    concentrationPctOfTotalAr: number('The most that one customer may be of all receivables.', share),
    roundDown: list(pair(), '`[from amount, step]`: limits from that amount on are rounded down to the step.'),
  },
  'The limit is the least of need, capacity, collections back-stop, grade cap and concentration.',
);

const hysteresis = object(
  {
    upBand: number('Points above the next grade’s cut-off.', positive),
    upConsecutive: whole('Reviews in a row.', { min: 1 }),
    upMinDays: whole('Days since the last change.'),
    upMaxNotches: whole('Grades at a time.', { min: 1 }),
    downBand: number('Points below the grade’s cut-off.', positive),
    downConsecutive: whole('Reviews in a row.', { min: 1 }),
    downMaxNotches: nullable(whole('Grades at a time; null = any number.', { min: 1 })),
    cureDays: whole('Days after a hard rule ended.'),
    cureCap: text('The best grade in those days.'),
  },
  'What keeps a grade from going up and down.',
);

const limitChange = object(
  {
    ignoreBelow: number('Smaller changes are ignored, as a fraction.', share),
    maxUp: number('The greatest increase at once, as a fraction.', positive),
    minDaysBetweenUp: whole('Days between increases.'),
    maxDown: number('The greatest decrease at once, as a fraction.', share),
    immediateDownWhen: list(
      oneOf(['hard_rule', 'downgrade_2'], ''),
      'What lets a decrease through at once: a hard rule, a fall of two grades.',
    ),
  },
  'How fast a limit may move.',
);

const override = object(
  {
    fourEyes: flag('Whether a second person must approve.'),
    proposerNeApprover: flag('Whether the proposer may not be the approver.'),
    maxUpNotches: whole('Grades above the computed one.'),
    maxDays: whole('The longest life of an override.'),
    forbiddenCodes: list(text(''), 'Hard rules that nobody can override.'),
    require: list(oneOf(['reason', 'attachment', 'expiry'], ''), 'What an override must have.'),
    autoApproveDelta: number('Changes below this fraction need no approval.', share),
  },
  'When a person may decide otherwise.',
);

const value = object(
  {
    current: mapOf(number('Weight.', share), '<feature>', 'Weights of the customer’s present value.'),
    future: mapOf(number('Weight.', share), '<feature>', 'Weights of its future value.'),
    levels: mapOf(number('Least value score.', { min: 0, max: 100 }), '<level>', 'Cut-offs of the value levels.'),
  },
  'What a customer is worth.',
);

const analytics = object(
  {
    lifecycle: object({
      exploreDays: whole('Younger customers are exploring.'),
      exploreOrders: whole('So are those with fewer orders.'),
      growth: number('Six-month growth from which a customer is growing.'),
      declineVsPeak: number('Fall against its peak from which it is declining.', { min: -1, max: 0 }),
      pAliveMin: number('Least chance that it still buys.', share),
      confirmMonths: whole('Months that a change must last.'),
    }),
    gapAlarm: object({
      minGaps: whole('Purchase gaps needed.', { min: 1 }),
      k: number('Robust standard deviations above the median.', positive),
      logSigmaFloor: number('Least spread of the logarithms.', positive),
    }),
    ewma: object({
      lambda: number('Weight of the newest value.', share),
      L: number('Width of the control limits, in standard deviations.', positive),
      minPeriods: whole('Periods before an alarm counts.'),
    }),
    cost: object({
      perOrder: amount('Cost of an order.'),
      perLine: amount('Cost of an order line.'),
      perVisit: amount('Cost of a visit.'),
      wacc: number('Cost of capital a year, as a fraction.', share),
      lgd: number('Loss given default, as a fraction.', share),
    }),
    keyAccount: object({ cumShare: number('Share of profit that the key accounts make.', share) }),
  },
  'Stages, alarms and cost rates.',
);

const customerInsight = object(
  {
    classes: optional(
      list(
        object({
          class: oneOf(CUSTOMER_CLASSES, 'The class that customers get for whom the condition holds.'),
          when: optional(text('Condition as in `hard_rules`, over the facts of customers below; absent = always.')),
        }),
        'The first rule that holds decides, unless a person did. Absent = nobody gets a class.',
      ),
    ),
    defaultProbability: optional(
      mapOf(
        number('Chance, as a fraction.', share),
        '<grade>',
        'Chance to fail within a year, for the expected loss; without it, or for grades not named, no loss is expected.',
      ),
    ),
    pAliveMinCustomers: whole('With fewer customers that ever bought there is no P(alive).', { min: 1 }),
    alerts: list(oneOf(ALERTS, ''), 'The alerts that are raised.'),
    firstAlerts: optional(
      list(
        oneOf(ALERTS, ''),
        'Alerts of which an event is published even where the first evaluation of a customer finds them. For the others that evaluation sets what later ones are compared with: they stand in the view, marked as found first. Absent = none.',
      ),
    ),
    amountsInEvents: optional(
      flag(
        'Whether events of LOSS_MAKING carry the profits that it saw. Absent = no: every subscriber would see them.',
      ),
    ),
  },
  'Classes and alerts.',
);

const validation = object(
  {
    bad: text('What counts as gone bad.'),
    fastBad: text('What counts as going bad, seen early.'),
    aucMin: number('Least AUC.', share),
    aucTarget: number('Wished AUC.', share),
    ksMin: number('Least KS.', share),
    psiWarn: number('Population stability to look at.', positive),
    psiAlarm: number('Population stability to act on.', positive),
    monotone: oneOf(['strict_unless_ci_overlap', 'off'], 'Whether bad rates must rise with the grade.'),
    calibrationPMin: number('Least p of the calibration test.', share),
    minBads: whole('Bads needed for a verdict.'),
  },
  'How good a policy must prove to be.',
);

/** Every field of a credit policy: the checks at start and the reference page both come from here. */
export const POLICY_SCHEMA = object({
  policy,
  windows,
  payIndex,
  exposure,
  scorecard: mapOf(feature, '<feature>', 'Feature → points. See the features below.'),
  missing: object(
    {
      method: oneOf(['renormalise'], 'Missing features are left out and the weights of the others count for all.'),
      minWeightPresent: number('With less weight present there is no score.', positive),
      required: list(text(''), 'Without one of these features there is no score.'),
    },
    'What happens when features are missing.',
  ),
  grades: list(grade, 'Best first; the first whose cut-off the score reaches.'),
  newCustomer: object(
    {
      maxGrade: text('The grade without a score.'),
      term: whole('Payment term in days.'),
      limitMonths: number('Months of expected sales that the limit covers.', positive),
      cap: amount('The highest limit.'),
    },
    'What holds where there is no score.',
  ),
  hardRules: list(
    hardRule,
    'All are evaluated; the worst cap and the strongest hold win; each that fires is a reason.',
  ),
  materiality: object(
    {
      abs: amount('Amounts below this are no matter.'),
      pctOpenAr: number('Nor those below this share of what the customer owes.', share),
    },
    'The greater of both.',
  ),
  dispute: object(
    {
      excludeFromOverdue: flag('Whether a disputed item is left out of overdue.'),
      maxShieldDays: whole('For at most so many days.'),
    },
    'Disputed items stay in the exposure.',
  ),
  term: object(
    {
      allowed: list(whole(''), 'Terms that may be granted, rising.'),
      statutoryWhenSellerIsSme: mapOf(
        statutory,
        '<class of buyer>',
        'Lawful terms that a small seller’s buyers must keep.',
      ),
      lateInterestPerDay: number('Interest on late payment, a day.', share),
    },
    'Payment terms.',
  ),
  limit,
  hysteresis,
  limitChange,
  override,
  value,
  analytics,
  customerInsight: optional(customerInsight),
  validation,
});

/** A checked credit policy. Amounts are exact decimals in `policy.currency`; days, ratios and points are numbers. */
export type CreditPolicy = settings.Read<typeof POLICY_SCHEMA>;
export type GradePolicy = CreditPolicy['grades'][number];
export type HardRulePolicy = CreditPolicy['hardRules'][number];
