import type { Decimal, FieldValue } from '@syncline/model';

/** The state of a customer as it is published; the pipeline's `CustomerSummary` has the same members. */
export interface CustomerChangedData {
  customerId: string;
  version: number;
  attributes: Record<string, { value: FieldValue; system: string; account: string; rule: string }>;
  accounts: {
    system: string;
    key: string;
    code: string | null;
    name: string | null;
    active: boolean;
    link: string;
    creditLimit?: Decimal | null;
    parent?: string;
  }[];
  isCustomer: boolean;
  receivables: { currency: string; open: Decimal; unapplied: Decimal; disputed: Decimal; items: number }[];
  openOrders: { currency: string; amount: Decimal; orders: number }[];
}

/** All accounts of `customerId` went to `mergedInto`; the id is retired and answers with the other one. */
export interface CustomerMergedData {
  customerId: string;
  version: number;
  mergedInto: string;
}

/** `customerId` has accounts that belonged to `splitFrom` before. */
export interface CustomerSplitData {
  customerId: string;
  version: number;
  splitFrom: string;
}

export const CUSTOMER_CHANGED = 'syncline.customer.changed.v1';
export const CUSTOMER_MERGED = 'syncline.customer.merged.v1';
export const CUSTOMER_SPLIT = 'syncline.customer.split.v1';
