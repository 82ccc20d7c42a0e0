import { bigint, bool, bytes, date, decimal, instant, int, json, longtext, table, text } from './table';

/*
 * Every table of the store. The pattern: a row's whole content is JSON in `body`, which is all that the pipeline
 * reads; the other columns are keys, and what lists filter, join or sort by. Both are written by one statement.
 */

const system = text(64);
const key = text(255);
const kind = text(32);
const customerId = text(64);
const currency = text(8);

export const RECORD = table('record', ['system', 'kind', 'key'], {
  system,
  kind,
  key,
  version: text(255),
  deleted: bool,
  body: json,
});

/** Who refers to whom, read from the target's side; one row for each reference that points somewhere. */
export const RECORD_REF = table('record_ref', ['system', 'target_kind', 'target_key', 'kind', 'key', 'name'], {
  system,
  target_kind: kind,
  target_key: key,
  kind,
  key,
  name: text(64),
});

export const RECEIVABLE_ITEM = table('receivable_item', ['system', 'key'], {
  system,
  key,
  account_key: key,
  type: text(32),
  number: text(128),
  currency,
  amount: decimal,
  open_amount: decimal,
  posted_on: date,
  due_on: date,
  settled_on: date,
  is_open: bool,
  body: json,
});

/** What Syncline knew of an item from `known_at` on; append-only; without a body where it was gone. */
export const RECEIVABLE_ITEM_VERSION = table('receivable_item_version', ['system', 'key', 'known_at'], {
  system,
  key,
  known_at: instant,
  account_key: key,
  body: json,
});

export const SALES_ORDER = table('sales_order', ['system', 'key'], {
  system,
  key,
  account_key: key,
  number: text(128),
  state: text(32),
  currency,
  ordered_amount: decimal,
  open_amount: decimal,
  ordered_on: date,
  is_open: bool,
  body: json,
});

export const ACCOUNT = table('account', ['system', 'key'], {
  system,
  key,
  customer_id: customerId,
  birth_id: customerId,
  is_customer: bool,
  code: text(255),
  name: text(400),
  /** Active in its system, not deleted, not merged into another account. */
  is_live: bool,
  merged_into: key,
  /** The account of the same system that it belongs to. */
  parent_key: key,
  body: json,
});

export const ACCOUNT_IDENTITY_KEY = table('account_identity_key', ['identity_key', 'system', 'key'], {
  identity_key: key,
  system,
  key,
});

export const IDENTITY_DECISION = table('identity_decision', ['id'], {
  id: text(64),
  a_system: system,
  a_key: key,
  b_system: system,
  b_key: key,
  verdict: text(16),
  is_revoked: bool,
  decided_at: instant,
  body: json,
});

/** Accounts by what they have in common; `block` is a digest. */
export const MATCH_BLOCK = table('match_block', ['block', 'system', 'key'], { block: text(32), system, key });

/** `weight` in ten-thousandths of log2 odds. */
export const MATCH_PAIR = table('match_pair', ['a_system', 'a_key', 'b_system', 'b_key'], {
  a_system: system,
  a_key: key,
  b_system: system,
  b_key: key,
  weight: int,
  verdict: text(16),
});

/** What people noted of a pair that waits for a decision: outlives the pair's being found again. */
export const MATCH_TASK = table('match_task', ['a_system', 'a_key', 'b_system', 'b_key'], {
  a_system: system,
  a_key: key,
  b_system: system,
  b_key: key,
  assignee: text(200),
  deferred_until: instant,
  body: json,
});

/** Accounts that look different since they were matched: they are matched when their topic has been read. */
export const MATCH_DUE = table('match_due', ['system', 'key'], { system, key });

/** Customers of which something changed since they were folded; as above. */
export const CUSTOMER_DUE = table('customer_due', ['id'], { id: customerId });

/** What accounts look like to a model: read instead of worked out again for each that they meet. */
export const MATCH_PREPARED = table('match_prepared', ['system', 'key'], {
  system,
  key,
  fingerprint: text(64),
  body: longtext,
});

/** One row: by which model all accounts were matched. */
export const MATCH_STATE = table('match_state', ['name'], { name: text(16), fingerprint: text(64) });

/** `evaluated_on` and nothing else belongs to the rate stage. */
export const CUSTOMER = table('customer', ['id'], {
  id: customerId,
  version: int,
  status: text(16),
  merged_into: customerId,
  name: text(400),
  is_customer: bool,
  account_count: int,
  /** Totals of the customer's first currency, for sorting; the body has all currencies. */
  currency,
  open_total: decimal,
  unapplied_total: decimal,
  open_order_total: decimal,
  /** Names and codes in lower case, for searching. */
  search_text: text(1000),
  hash: text(128),
  body: json,
});

export const CUSTOMER_EVALUATION = table('customer', ['id'], { id: customerId, evaluated_on: date });

export const RATING = table('rating', ['customer_id', 'version'], {
  customer_id: customerId,
  version: int,
  grade: text(16),
  term_days: int,
  limit_amount: decimal,
  currency,
  hold: text(16),
  score: decimal,
  policy: text(128),
  policy_version: int,
  as_of: date,
  decided_at: instant,
  is_current: bool,
  body: json,
});

/** Where a day left a customer's credit; a row for each day that moved it. */
export const CREDIT_STANDING = table('credit_standing', ['customer_id', 'as_of'], {
  customer_id: customerId,
  as_of: date,
  body: json,
});

/** What people decided on a customer's credit: overrides, holds, temporary limits. */
export const CREDIT_OVERRIDE = table('credit_override', ['id'], {
  id: text(64),
  customer_id: customerId,
  kind,
  status: text(16),
  valid_from: date,
  valid_to: date,
  proposed_at: instant,
  body: json,
});

/** Every policy that there was, by the digest of its content. */
export const CREDIT_POLICY = table('credit_policy', ['digest'], {
  digest: text(64),
  policy: text(128),
  policy_version: int,
  effective_from: date,
  status: text(16),
  registered_at: instant,
  body: json,
});

/** What the daily evaluation found out about a customer. */
export const CUSTOMER_INSIGHT = table('customer_insight', ['customer_id'], {
  customer_id: customerId,
  as_of: date,
  value_score: decimal,
  value_level: text(16),
  stage: text(16),
  stage_since: date,
  p_alive: decimal,
  /** Recency, frequency and monetary value as three digits. */
  rfm: text(16),
  class: text(32),
  key_account: bool,
  loss_making: bool,
  net_profit: decimal,
  /** Rules that hold, each between blanks. */
  alerts: text(400),
  body: json,
});

/** What people decided on the class of a customer. */
export const CUSTOMER_CLASS = table('customer_class', ['customer_id'], {
  customer_id: customerId,
  class: text(32),
  decided_at: instant,
  body: json,
});

/** Evaluations of all customers, one a day. */
export const INSIGHT_RUN = table('insight_run', ['as_of'], {
  as_of: date,
  completed_at: instant,
  customers: int,
  body: json,
});

/** Days of which somebody asked for an evaluation, and when last. */
export const INSIGHT_REQUEST = table('insight_request', ['as_of'], {
  as_of: date,
  requested_at: instant,
});

export const DELIVERY = table('delivery', ['target', 'account_key'], {
  target: text(64),
  account_key: key,
  customer_id: customerId,
  account_code: text(255),
  desired_version: int,
  confirmed_version: int,
  state: text(16),
  attempts: int,
  next_attempt_at: instant,
  leased_until: instant,
  /** From when a worker may take it: null when nothing is to be done. */
  ready_at: instant,
  error_code: text(128),
  error_class: text(32),
  error_message: text(2000),
  observed: json,
  updated_at: instant,
  confirmed_at: instant,
});

export const DELIVERY_ATTEMPT = table('delivery_attempt', ['id'], {
  id: bigint,
  target: text(64),
  account_key: key,
  customer_id: customerId,
  version: int,
  at: instant,
  outcome: text(64),
  before_values: json,
  after_values: json,
});

export const DEAD_LETTER = table('dead_letter', ['id'], {
  id: text(300),
  stage: text(32),
  system,
  topic: text(249),
  partition_no: int,
  offset_no: bigint,
  /** SHA-256 of the parking key, which itself has no greatest length and may hold any character. */
  parking_hash: text(64),
  parking_key: json,
  key_bytes: bytes,
  value_bytes: bytes,
  headers: json,
  message_at: bigint,
  error_code: text(128),
  error_class: text(32),
  error_message: longtext,
  error_where: text(400),
  advice: longtext,
  mapping: text(128),
  attempts: int,
  status: text(16),
  first_failed_at: instant,
  last_failed_at: instant,
  status_at: instant,
});

/** One row holds all messages of one append of one transaction, packed. */
export const OUTBOX = table('outbox', ['id'], { id: bigint, stage: text(32), messages: bytes });

export const INPUT_POSITION = table('input_position', ['stage', 'topic', 'partition_no'], {
  stage: text(64),
  topic: text(249),
  partition_no: int,
  next_offset: bigint,
});

export const API_KEY = table('api_key', ['id'], {
  id: text(64),
  name: text(200),
  role: text(32),
  hash: text(128),
  created_at: instant,
  expires_at: instant,
  revoked_at: instant,
});

export const AUDIT_LOG = table('audit_log', ['id'], {
  id: bigint,
  at: instant,
  actor: text(200),
  action: text(64),
  subject: text(400),
  detail: json,
  /** Null in entries from before they were sealed. */
  previous_hash: text(64),
  hash: text(64),
});

/** When each source topic was last heard of, and how often. */
export const SOURCE_ACTIVITY = table('source_activity', ['system', 'topic'], {
  system,
  topic: text(249),
  last_event_at: instant,
  last_seen_at: instant,
  events: bigint,
});

/** Tables whose `id` the database counts up. */
export const COUNTED_TABLES: readonly string[] = [DELIVERY_ATTEMPT.name, OUTBOX.name, AUDIT_LOG.name];
