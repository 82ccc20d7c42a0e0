/** What a scenario needs of a running installation. */
export interface RunningSystem {
  /** Sends event lines `{topic, key, value}` of a system through the front door. */
  feed(system: string, lines: readonly string[]): Promise<unknown>;
  /** Resolves when every stage has read everything and every delivery has ended. */
  caughtUp(): Promise<void>;
  /** Reads a resource of the API. */
  get<T>(path: string): Promise<T>;
}

/** Event lines of one system, in the order of their capture. */
export interface Events {
  system: string;
  lines: readonly string[];
}

/** An account as its system names it. */
export interface AccountName {
  system: string;
  key: string;
}

/** A customer as the API shows it: what scenarios look at. */
export interface CustomerView {
  id: string;
  name: string;
  version: number;
  is_customer: boolean;
  retired_id?: string;
  merged_into?: string;
  attributes: Record<string, { value: string; system: string; account: string }>;
  accounts: {
    system: string;
    key: string;
    code: string | null;
    name: string | null;
    active: boolean;
    link: string | null;
    credit_limit?: string | null;
    identifiers: { scheme: string | null; value: string; valid: boolean }[];
    contacts: { type: string; value: string; name: string | null }[];
    addresses: { city: string | null; street: string | null }[];
  }[];
  receivables: {
    currency: string;
    open_total: string;
    unapplied_credit: string;
    overdue: string;
    aging: Record<string, string>;
  }[];
  open_items: { type: string; number: string | null; open_amount: string; amount: string; due_on: string | null }[];
  exposure: { currency: string; exposure: string; parts: Record<string, string> }[];
  orders: {
    count: number;
    by_state: Record<string, number>;
    totals: {
      currency: string;
      ordered_amount: string;
      invoiced_amount: string;
      paid_amount: string;
      open_amount: string;
    }[];
    open: { currency: string; amount: string; orders: number }[];
  };
  rating: { grade: string; hold: string } | null;
}

export interface DeadLetterView {
  id: string;
  topic: string;
  code: string;
  status: string;
}
