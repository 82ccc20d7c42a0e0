import type { Decimal, FieldValue, Instant, LocalDate, RecordId, RecordKind, RecordOrigin } from '@syncline/model';
import type { InputPosition } from '../shared/input-position';
import type { OutboxWriter } from '../shared/outbox.port';

/** A record as the store holds it: the merge of all versions that came. */
export interface StoredRecord extends RecordId {
  version: string;
  deleted: boolean;
  fields: Record<string, FieldValue>;
  refs: Record<string, string | null>;
  /** Versions of those fields and refs (`ref:<name>`) that come from an older version than `version`. */
  fieldVersions: Record<string, string>;
  /** Nothing older than this counts: the version of the latest delete, '' = never deleted. */
  floor: string;
  origin: RecordOrigin;
}

/** `debit_memo` is a debit that no invoice posted (a bounced receipt, a refund); both payment types are credits. */
export type ItemType = 'invoice' | 'debit_memo' | 'credit_note' | 'part_payment' | 'on_account';

/** Cash or credit that settled a part of an item. Amounts positive. */
export interface ItemSettlement {
  on: LocalDate;
  amount: Decimal;
  /** Money came in, as opposed to a credit note or a correction. */
  cash: boolean;
}

/** One due-date line of the ledger, joined from its records. Counts only when `counts`. */
export interface ReceivableItemRow {
  system: string;
  key: string;
  accountKey: string;
  type: ItemType;
  number: string | null;
  invoiceKey: string | null;
  currency: string;
  amount: Decimal;
  openAmount: Decimal;
  documentCurrency: string;
  documentAmount: Decimal;
  documentOpenAmount: Decimal;
  postedOn: LocalDate | null;
  dueOn: LocalDate | null;
  settledOn: LocalDate | null;
  disputed: boolean;
  settlements: ItemSettlement[];
}

export interface OrderLineProgress {
  key: string;
  product: string | null;
  quantity: Decimal;
  unitPrice: Decimal;
  /** Cost of goods of one unit, in the order currency; absent = its system does not say it. */
  unitCost?: Decimal;
  delivered: Decimal;
  invoiced: Decimal;
  /** Of one unit on its posted invoices, on average; absent = none, or in another currency than the order's. */
  invoicePrice?: Decimal;
  /** Day of the oldest delivery that is not invoiced; absent = all are, or the day is not known. */
  uninvoicedSince?: LocalDate;
}

/** An order joined from its records. */
export interface SalesOrderRow {
  system: string;
  key: string;
  accountKey: string;
  number: string | null;
  state: string;
  orderedOn: LocalDate | null;
  currency: string;
  /** Σ quantity × price, untaxed, order currency. */
  orderedAmount: Decimal;
  deliveredAmount: Decimal;
  invoicedAmount: Decimal;
  /** Not yet invoiced, untaxed; '0' unless confirmed or processing. */
  openAmount: Decimal;
  /** total/untaxed of the order, for gross exposure; '1' where the system gives no totals. */
  grossFactor: Decimal;
  lines: OrderLineProgress[];
  /** Invoiced before it is delivered, on purpose; absent = no. */
  billedAhead?: true;
  /** Keys of the posted invoices that bill it. */
  invoiceKeys: string[];
}

/** An account joined from its records, and the customer it belongs to. */
export interface AccountRow {
  system: string;
  key: string;
  customerId: string;
  /** The id of the customer that this account alone would be: born with it, given back on a split. */
  birthId: string;
  /** Why it belongs to its customer: `born`, `decision`, `merged_into`, or an identity key. */
  link: string;
  /** False: own company, staff, deleted: no customer of its own in lists, never rated. */
  isCustomer: boolean;
  /** Golden-attribute candidates and lists, see AccountProfile. */
  profile: AccountProfile;
  /** Normalised keys that identify it: `tax:CN:91…`, `xref:…`. Sorted, unique. */
  identityKeys: string[];
}

export interface AccountProfile {
  code: string | null;
  name: string | null;
  active: boolean;
  deleted: boolean;
  country: string | null;
  currency: string | null;
  segment: string | null;
  mergedInto: string | null;
  /** Key of the account that it belongs to, in the same system; absent = none. */
  parent?: string;
  /** Absent = an organisation. */
  person?: { givenName: string | null; surname: string | null; birthDate: LocalDate | null };
  roles: string[];
  creditLimit: Decimal | null | undefined;
  identifiers: { scheme: string | null; value: string; valid: boolean }[];
  contacts: { type: string | null; value: string; name: string | null }[];
  addresses: { street: string | null; city: string | null; postalCode: string | null; country: string | null }[];
}

/** A person's word on two accounts; outlives every rerun; revocable. */
export interface IdentityDecision {
  id: string;
  verdict: 'same' | 'different';
  a: { system: string; key: string };
  b: { system: string; key: string };
  reason: string;
  decidedBy: string;
  decidedAt: Instant;
  revokedBy: string | null;
  revokedAt: Instant | null;
}

/** The stored, published part of the customer view: what events change. What the calendar changes is computed on reading. */
export interface CustomerRow {
  id: string;
  /** Grows by one whenever `summary` changes. */
  version: number;
  /** `retired` ids answer with `mergedInto`. */
  status: 'active' | 'retired';
  mergedInto: string | null;
  name: string | null;
  /** Hash of the summary. */
  hash: string;
  summary: CustomerSummary;
}

export interface GoldenAttribute {
  value: FieldValue;
  /** Where it comes from. */
  system: string;
  account: string;
  /** The survivorship rule that chose it. */
  rule: string;
}

export interface CurrencyTotals {
  currency: string;
  open: Decimal;
  unapplied: Decimal;
  disputed: Decimal;
  items: number;
}

export interface CustomerAccount {
  system: string;
  key: string;
  code: string | null;
  name: string | null;
  active: boolean;
  /** Why it belongs to the customer, see AccountRow. */
  link: string;
  /** What the system itself allows today, in its currency: null = unlimited; absent = it says nothing. */
  creditLimit?: Decimal | null;
  /** Key of the account that it belongs to; absent = none. */
  parent?: string;
}

export interface CustomerSummary {
  attributes: Record<string, GoldenAttribute>;
  accounts: CustomerAccount[];
  isCustomer: boolean;
  receivables: CurrencyTotals[];
  openOrders: { currency: string; amount: Decimal; orders: number }[];
}

export interface AccountRef {
  system: string;
  key: string;
}

/** Records and the index of who refers to whom. */
export interface RecordTable {
  load(ids: RecordId[]): Promise<StoredRecord[]>;
  /** Records of the given kinds that refer to any of the targets. */
  referrers(targets: RecordId[], kinds: RecordKind[]): Promise<StoredRecord[]>;
  /** All records of a kind in a system (small reference kinds only). */
  all(system: string, kind: RecordKind): Promise<StoredRecord[]>;
  /** Replaces rows and their references. `before` is what `load` gave, so that only changed references are written. */
  save(changes: { record: StoredRecord; before: StoredRecord | undefined }[]): Promise<void>;
}

/** Joined documents. Rows are replaced whole; `remove` takes those that no longer are one. */
export interface DocumentTable {
  loadItems(ids: AccountRef[]): Promise<ReceivableItemRow[]>;
  saveItems(rows: ReceivableItemRow[], remove: AccountRef[]): Promise<void>;
  /** Appends the versions that items have from `knownAt` on, those that are gone among them; earlier ones stay. */
  keepItemVersions(saved: ReceivableItemRow[], removed: ReceivableItemRow[], knownAt: Instant): Promise<void>;
  loadOrders(ids: AccountRef[]): Promise<SalesOrderRow[]>;
  saveOrders(rows: SalesOrderRow[], remove: AccountRef[]): Promise<void>;
  /** Items with an open amount, of these accounts. */
  openItems(accounts: AccountRef[]): Promise<ReceivableItemRow[]>;
  /** Orders with an open amount, of these accounts. */
  openOrders(accounts: AccountRef[]): Promise<SalesOrderRow[]>;
}

export interface AccountTable {
  load(refs: AccountRef[]): Promise<AccountRow[]>;
  ofCustomers(customerIds: string[]): Promise<AccountRow[]>;
  /** Accounts that carry any of these identity keys. */
  withIdentityKeys(keys: string[]): Promise<AccountRow[]>;
  /** Accounts whose profile says that they were merged into one of these. */
  mergedInto(refs: AccountRef[]): Promise<AccountRow[]>;
  /** Decisions in force (not revoked) that name any of these accounts. */
  decisions(refs: AccountRef[]): Promise<IdentityDecision[]>;
  /** A decision by its id, revoked or not. */
  decision(id: string): Promise<IdentityDecision | undefined>;
  /** Adds a decision, or replaces the one with its id (to revoke it). */
  saveDecision(decision: IdentityDecision): Promise<void>;
  save(rows: { account: AccountRow; before: AccountRow | undefined }[]): Promise<void>;
}

/** Two accounts that the matching model takes for one party, or that a person has to look at. */
export interface MatchPairRow {
  /** Text of `a` before that of `b`. */
  a: AccountRef;
  b: AccountRef;
  /** log2 odds. */
  weight: number;
  verdict: 'match' | 'review';
}

/** What an account looks like to a model, as text: working it out takes ten times as long as reading it. */
export interface PreparedAccountRow {
  account: AccountRef;
  body: string;
}

/** The blocks that accounts are in, the pairs that were found in them, and which accounts have yet to be matched. */
export interface MatchTable {
  /** Notes accounts that look different and are to be matched later. */
  putOff(refs: AccountRef[]): Promise<void>;
  /** The first accounts that were put off, in the order of system and key. */
  putOffFirst(limit: number): Promise<AccountRef[]>;
  /** They have been matched. */
  caughtUp(refs: AccountRef[]): Promise<void>;
  /** What was kept of these accounts by the model of this fingerprint. */
  prepared(fingerprint: string, refs: AccountRef[]): Promise<PreparedAccountRow[]>;
  /** Replaces what was kept of accounts, by whatever model. */
  savePrepared(fingerprint: string, rows: PreparedAccountRow[]): Promise<void>;
  removePrepared(refs: AccountRef[]): Promise<void>;
  /** The blocks of these accounts. */
  blocksOf(refs: AccountRef[]): Promise<{ account: AccountRef; block: string }[]>;
  saveBlocks(
    added: { account: AccountRef; block: string }[],
    gone: { account: AccountRef; block: string }[],
  ): Promise<void>;
  /** How many accounts are in each of these blocks, counted up to `most`; those that nobody is in are left out. */
  sizes(blocks: string[], most: number): Promise<Map<string, number>>;
  /** Who is in these blocks. */
  members(blocks: string[]): Promise<{ account: AccountRef; block: string }[]>;
  /** Pairs that name any of these accounts. */
  pairsOf(refs: AccountRef[]): Promise<MatchPairRow[]>;
  savePairs(save: MatchPairRow[], remove: MatchPairRow[]): Promise<void>;
  /** Fingerprint of the model by which all accounts were matched; null = they were not. */
  fingerprint(): Promise<string | null>;
  saveFingerprint(fingerprint: string): Promise<void>;
}

export interface CustomerTable {
  load(ids: string[]): Promise<CustomerRow[]>;
  save(rows: CustomerRow[]): Promise<void>;
  /** Notes customers of which something changed and that are to be folded later. */
  putOff(ids: string[]): Promise<void>;
  /** The first customers that were put off, in the order of their ids. */
  putOffFirst(limit: number): Promise<string[]>;
  /** They have been folded. */
  caughtUp(ids: string[]): Promise<void>;
}

/** Everything that one reconcile batch reads and writes, inside one transaction. */
export interface ReconcileTx {
  records: RecordTable;
  documents: DocumentTable;
  accounts: AccountTable;
  matches: MatchTable;
  customers: CustomerTable;
  outbox: OutboxWriter;
}

export interface ReconcileStore {
  /**
   * Runs `work` in one transaction, alone among all reconcile transactions on this store (a join made by two
   * concurrent batches would be seen by neither), together with moving the position. Messages below the stored
   * position were applied before: `work` gets the first offset that still counts, and isn't called when none does.
   * A stored position below `position.from` (someone rewound it, or messages were skipped on purpose) is no error:
   * the batch is applied from `position.from`. `work` may run again after a deadlock: it must not keep what it learnt.
   */
  transact(
    position: InputPosition | null,
    work: (tx: ReconcileTx, firstOffset: number) => Promise<void>,
  ): Promise<void>;
  /**
   * Runs `work` in a transaction of reconcile's own that no message asks for, alone as `transact` is. May only be called
   * where the batches are handled: what other processes and threads change goes through `transact` without a position.
   */
  transactBetween(work: (tx: ReconcileTx) => Promise<void>): Promise<void>;
  /** The next committed accounts in the order of system and key; `after` = null begins. */
  accountsAfter(after: AccountRef | null, limit: number): Promise<AccountRef[]>;
}

export const RECONCILE_STORE = Symbol('ReconcileStore');
