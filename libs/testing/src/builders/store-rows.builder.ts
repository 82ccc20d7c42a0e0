import type { CreditOverride, CreditStanding } from '@syncline/credit';
import type { CustomerInsight } from '@syncline/analytics';
import type { CreditRating } from '@syncline/model';
import type {
  AccountRow,
  CustomerRow,
  DeadLetter,
  DesiredDelivery,
  InputPosition,
  InsightRun,
  ReceivableItemRow,
  SalesOrderRow,
  StoredPolicy,
  StoredRecord,
  TopicMessages,
} from '@syncline/pipeline';

/** A stored record of kind `order` unless told otherwise. */
export function aStoredRecord(over: Partial<StoredRecord> = {}): StoredRecord {
  return {
    system: 'erp',
    kind: 'order',
    key: 'o1',
    version: '00000000000000000001.1',
    deleted: false,
    fields: { number: 'SO-1', state: 'confirmed' },
    refs: { account: 'a1' },
    fieldVersions: {},
    floor: '',
    origin: { topic: 'erp.sale', partition: 0, offset: 1, mapping: 'erp@1' },
    ...over,
  };
}

export function aReceivableItem(over: Partial<ReceivableItemRow> = {}): ReceivableItemRow {
  return {
    system: 'erp',
    key: 'i1',
    accountKey: 'a1',
    type: 'invoice',
    number: 'INV-1',
    invoiceKey: '1',
    currency: 'CNY',
    amount: '100',
    openAmount: '100',
    documentCurrency: 'CNY',
    documentAmount: '100',
    documentOpenAmount: '100',
    postedOn: '2026-01-01',
    dueOn: '2026-01-31',
    settledOn: null,
    disputed: false,
    settlements: [],
    ...over,
  };
}

export function aSalesOrder(over: Partial<SalesOrderRow> = {}): SalesOrderRow {
  return {
    system: 'erp',
    key: 'o1',
    accountKey: 'a1',
    number: 'SO-1',
    state: 'confirmed',
    orderedOn: '2026-01-01',
    currency: 'CNY',
    orderedAmount: '100',
    deliveredAmount: '0',
    invoicedAmount: '0',
    openAmount: '100',
    grossFactor: '1.13',
    lines: [],
    invoiceKeys: [],
    ...over,
  };
}

export function anAccount(over: Partial<AccountRow> = {}, profile: Partial<AccountRow['profile']> = {}): AccountRow {
  return {
    system: 'erp',
    key: 'a1',
    customerId: 'c1',
    birthId: 'c1',
    link: 'born',
    isCustomer: true,
    identityKeys: [],
    profile: {
      code: 'C001',
      name: '张三机械有限公司',
      active: true,
      deleted: false,
      country: 'CN',
      currency: 'CNY',
      segment: null,
      mergedInto: null,
      roles: [],
      creditLimit: undefined,
      identifiers: [],
      contacts: [],
      addresses: [],
      ...profile,
    },
    ...over,
  };
}

export function aCustomer(over: Partial<CustomerRow> = {}): CustomerRow {
  return {
    id: 'c1',
    version: 1,
    status: 'active',
    mergedInto: null,
    name: '张三机械有限公司',
    hash: 'h1',
    summary: {
      attributes: {},
      accounts: [{ system: 'erp', key: 'a1', code: 'C001', name: '张三机械有限公司', active: true, link: 'born' }],
      isCustomer: true,
      receivables: [{ currency: 'CNY', open: '100.5', unapplied: '0', disputed: '0', items: 1 }],
      openOrders: [{ currency: 'CNY', amount: '100', orders: 1 }],
    },
    ...over,
  };
}

export function aRating(over: Partial<CreditRating> = {}): CreditRating {
  return {
    customerId: 'c1',
    version: 1,
    grade: 'B',
    termDays: 30,
    limit: '50000.01',
    currency: 'CNY',
    hold: 'none',
    score: '71.25',
    reasons: [{ code: 'LOW_DSO', loss: '12.5', text: 'pays late' }],
    features: { dso: '41', tenure: null },
    policy: 'default',
    policyVersion: 1,
    asOf: '2026-11-20',
    decidedAt: '2026-11-20T01:00:00.000Z',
    inputsHash: 'x',
    ...over,
  };
}

export function aStanding(over: Partial<CreditStanding> = {}): CreditStanding {
  return {
    policy: 'default@1',
    scale: 's1',
    grade: 'B',
    gradeSince: '2026-10-01',
    granted: 'B',
    period: '2026-11',
    settled: true,
    scores: [71.25],
    limit: '50000',
    limitRaisedOn: null,
    capped: false,
    curedFrom: null,
    ...over,
  };
}

/** An approved limit of 60,000. */
export function anOverride(over: Partial<CreditOverride> = {}): CreditOverride {
  return {
    id: 'v1',
    customerId: 'c1',
    kind: 'override',
    grade: null,
    termDays: null,
    limit: '60000',
    hold: null,
    reason: 'a bank guarantee',
    attachment: 'DMS-17',
    validFrom: '2026-11-01',
    validTo: '2026-12-31',
    status: 'approved',
    proposedBy: 'key:a',
    proposedAt: '2026-11-01T01:00:00.000Z',
    decidedBy: 'key:b',
    decidedAt: '2026-11-01T02:00:00.000Z',
    revokedBy: null,
    revokedAt: null,
    ...over,
  };
}

export function aStoredPolicy(over: Partial<StoredPolicy> = {}): StoredPolicy {
  return {
    digest: 'd1',
    id: 'default',
    version: 1,
    effectiveFrom: '2025-01-01',
    text: 'policy: {}\n# 一\n',
    file: 'credit-policy.yaml',
    status: 'accepted',
    registeredAt: '2026-11-01T01:00:00.000Z',
    appliedAt: null,
    impact: null,
    decidedBy: null,
    decidedAt: null,
    ...over,
  };
}

export function anInsight(over: Partial<CustomerInsight> = {}): CustomerInsight {
  return {
    customerId: 'c1',
    asOf: '2026-11-20',
    currency: 'CNY',
    value: {
      score: 81.25,
      level: 'A',
      current: 80,
      future: 84.5,
      percentiles: { volume: 80, tenure: 84.5 },
      weightPresent: 0.3,
    },
    stage: { stage: 'stable', since: '2026-01-31', candidate: null },
    observed: { stage: 'stable', reason: 'NONE' },
    pAlive: 0.912345,
    rfm: { recency: 5, frequency: 4, monetary: 3 },
    class: { class: 'strategic', by: 'rule', rule: 1 },
    keyAccount: true,
    profit: {
      profit: '20980',
      grossProfit: '28000',
      netSales: '98000',
      costToServe: '7020',
      costRatio: 0.0716,
      handling: '4080',
      financing: '1200',
      expectedLoss: '240',
      missing: ['marketing'],
    },
    halfYearProfits: ['10000', '10980.01', null],
    lossMaking: false,
    sales12m: '110740',
    purchases12m: 12,
    tenureDays: 900,
    lastPurchaseOn: '2026-10-06',
    gap: { days: 45, usual: 30, threshold: 38.52, z: 4.05, alarm: true },
    volume: null,
    alerts: [{ rule: 'PURCHASE_GAP', since: '2026-11-14', evidence: { gapDays: 45, lastPurchaseOn: '2026-10-06' } }],
    alertSequence: 3,
    missingRates: [],
    ...over,
  };
}

export function anInsightRun(over: Partial<InsightRun> = {}): InsightRun {
  return {
    asOf: '2026-11-20',
    startedAt: '2026-11-20T00:59:58.000Z',
    completedAt: '2026-11-20T01:00:00.000Z',
    extent: { customers: 3, documents: 40 },
    currency: 'CNY',
    buyers: 3,
    pAlive: { r: 0.243, alpha: 30.9, a: 0.793, b: 2.426 },
    keyAccounts: { total: '800', count: 2, share: 0.8, curve: [{ customers: 1, share: 0.625 }] },
    ...over,
  };
}

export function aDesiredDelivery(over: Partial<DesiredDelivery> = {}): DesiredDelivery {
  return { target: 'u8', customerId: 'c1', accountKey: 'a1', accountCode: 'C001', desiredVersion: 1, ...over };
}

export function aDeadLetter(over: Partial<DeadLetter> = {}): DeadLetter {
  return {
    id: 'erp.sale/0/7',
    stage: 'ingest',
    system: 'erp',
    topic: 'erp.sale',
    partition: 0,
    offset: 7,
    parkingKey: 'erp.sale\0k',
    key: Buffer.from('k'),
    value: Buffer.from('{'),
    headers: { 'content-type': 'application/json' },
    timestamp: 1_700_000_000_000,
    errorCode: 'DECODE_JSON',
    errorClass: 'parse',
    errorMessage: 'not JSON',
    errorWhere: 'erp.sale/0/7',
    advice: 'look at the source',
    mapping: null,
    attempts: 1,
    status: 'open',
    firstFailedAt: '2026-11-20T01:00:00.000Z',
    lastFailedAt: '2026-11-20T01:00:00.000Z',
    ...over,
  };
}

/** One message on a topic, as a stage publishes it. */
export function aPublication(topic: string, key: string): TopicMessages {
  return {
    topic,
    messages: [{ key: Buffer.from(key), value: Buffer.from(`{"of":"${key}"}`), headers: { ce_id: key }, timestamp: 1 }],
  };
}

/** The batch of offsets `from` (inclusive) to `next` (exclusive) of one partition. */
export function positionOf(stage: string, from: number, next: number, partition = 0): InputPosition {
  return { stage, topic: 'syncline.test.v1', partition, from, next };
}
