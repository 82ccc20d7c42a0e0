/**
 * The canonical records: what a mapping may produce and what reconcile understands. One place, from which
 * the mapping's checks, the reference documentation and the types' runtime side are made.
 */
export const RECORD_KINDS = [
  'account',
  'account_role',
  'credit_terms',
  'contact',
  'address',
  'identifier',
  'order',
  'order_line',
  'delivery',
  'invoice',
  'invoice_line',
  'posting',
  'ledger_account',
  'ledger_account_type',
  'receivable_item',
  'settlement',
  'application',
  'exchange_rate',
  'balance',
  'opportunity',
  'service_case',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** `decimal` is exact text; `date` a calendar day; `instant` a moment in UTC; `enum` one of `values`. */
export type FieldType = 'text' | 'decimal' | 'integer' | 'boolean' | 'date' | 'instant' | 'enum';

export interface FieldDescription {
  type: FieldType;
  description: string;
  values?: readonly string[];
  /** Names a person (or can): masked for roles that may not see it, never logged. */
  personal?: boolean;
}

export interface ReferenceDescription {
  to: RecordKind;
  description: string;
  /** Without it the record means nothing: it waits until both the reference and its target are there. */
  required?: boolean;
}

export interface RecordDescription {
  description: string;
  fields: Readonly<Record<string, FieldDescription>>;
  /** References name the key of another record of the same system. */
  references: Readonly<Record<string, ReferenceDescription>>;
}

const text = (description: string): FieldDescription => ({ type: 'text', description });
const personal = (description: string): FieldDescription => ({ type: 'text', description, personal: true });
const decimal = (description: string): FieldDescription => ({ type: 'decimal', description });
const date = (description: string): FieldDescription => ({ type: 'date', description });
const flag = (description: string): FieldDescription => ({ type: 'boolean', description });
const oneOf = (values: readonly string[], description: string): FieldDescription => ({
  type: 'enum',
  values,
  description,
});
const required = (to: RecordKind, description: string): ReferenceDescription => ({ to, description, required: true });
const optional = (to: RecordKind, description: string): ReferenceDescription => ({ to, description });

export const ORDER_STATES = ['draft', 'quotation', 'confirmed', 'processing', 'done', 'cancelled'] as const;
export const INVOICE_STATES = ['draft', 'posted', 'paid', 'cancelled'] as const;
export const OPPORTUNITY_STATES = ['lead', 'open', 'converted', 'won', 'lost', 'cancelled'] as const;
export const ACCOUNT_ROLES = ['own_company', 'employee'] as const;

export const RECORD_CATALOGUE: Readonly<Record<RecordKind, RecordDescription>> = {
  account: {
    description: 'A customer as one system knows it.',
    fields: {
      code: text('The code that people of that system use.'),
      name: personal('Legal or trading name.'),
      is_person: flag('Whether it is a person; absent means an organisation.'),
      given_name: personal('Of a person.'),
      surname: personal('Of a person.'),
      birth_date: { ...date('Of a person.'), personal: true },
      active: flag('Whether the system still uses it; absent means true.'),
      country: text('ISO 3166 alpha-2.'),
      currency: text('ISO 4217, the currency it trades in.'),
      segment: text('The segment that the system puts it in.'),
      industry_position: decimal('Its standing in its industry, more is better; any scale that all accounts share.'),
      satisfaction: decimal('How satisfied it is, more is better; any scale that all accounts share.'),
    },
    references: {
      merged_into: optional('account', 'The account that replaced it inside the same system.'),
      parent: optional(
        'account',
        'The account that it belongs to, as a subsidiary to its parent: customers of a group can share a credit limit.',
      ),
    },
  },
  account_role: {
    description: 'What an account is besides a customer: the own company and its staff are never rated.',
    fields: { role: oneOf(ACCOUNT_ROLES, 'The role.') },
    references: { account: required('account', 'Whose role it is.') },
  },
  credit_terms: {
    description: "What the system itself holds on the account's credit today.",
    fields: {
      credit_limit: decimal('Limit in the system currency; null = unlimited, 0 = cash only.'),
      payment_term_days: { type: 'integer', description: 'Days.' },
      hold: flag('Whether the system holds orders.'),
    },
    references: { account: required('account', 'Whose terms they are.') },
  },
  contact: {
    description: 'A way to reach an account, or a person there.',
    fields: {
      name: personal('The person, where the system names one.'),
      type: oneOf(['phone', 'mobile', 'fax', 'email', 'website', 'other'], 'What `value` is.'),
      value: personal('Number or address.'),
      active: flag('Absent means true.'),
    },
    references: { account: required('account', 'Whom it reaches.') },
  },
  address: {
    description: 'A postal address of an account.',
    fields: {
      name: personal('Addressee.'),
      street: personal('Street and number.'),
      city: text('City.'),
      postal_code: text('Postal code.'),
      country: text('ISO 3166 alpha-2.'),
      active: flag('Absent means true.'),
    },
    references: { account: required('account', 'Whose address it is.') },
  },
  identifier: {
    description: 'An official or agreed identifier of an account; equal valid identifiers make one customer.',
    fields: {
      scheme: text(
        'cn_uscc, eu_vat, us_ein, lei or another scheme of docs/reference/matching.md; absent = unchecked text.',
      ),
      value: personal('As the system writes it.'),
    },
    references: { account: required('account', 'Whom it identifies.') },
  },
  order: {
    description: 'A sales order or quotation.',
    fields: {
      number: text('Document number.'),
      state: oneOf(ORDER_STATES, 'Where it stands; open orders are confirmed or processing.'),
      ordered_on: date('Order date.'),
      currency: text('ISO 4217.'),
      untaxed_amount: decimal('Total without tax, where the system gives one.'),
      total_amount: decimal('Total with tax, where the system gives one.'),
      reference: text("The customer's own reference."),
      billed_ahead: flag('Invoiced before it is delivered, on purpose; absent means false.'),
    },
    references: {
      account: required('account', 'Who ordered.'),
      opportunity: optional('opportunity', 'What it came from.'),
    },
  },
  order_line: {
    description: 'A line of an order.',
    fields: {
      product: text('Product of the system.'),
      quantity: decimal('Ordered.'),
      unit_price: decimal('Without tax, in the order currency.'),
      unit_cost: decimal('Cost of goods of one unit, in the order currency, where the system knows it.'),
    },
    references: { order: required('order', 'Its order.') },
  },
  delivery: {
    description: 'A quantity of an order line that left the house.',
    fields: {
      quantity: decimal('Delivered; negative for a return.'),
      delivered_on: date('Day of delivery.'),
      state: oneOf(['draft', 'done', 'cancelled'], 'Only done ones count; absent means done.'),
    },
    references: { order_line: required('order_line', 'What was delivered.') },
  },
  invoice: {
    description: 'An invoice or credit note as a document; what is owed stands in its receivable items.',
    fields: {
      number: text('Document number.'),
      state: oneOf(INVOICE_STATES, "The system's own status; it may lag behind the facts."),
      invoiced_on: date('Invoice date.'),
      currency: text('ISO 4217.'),
    },
    references: {
      account: required('account', 'Who owes it.'),
      posting: optional('posting', 'The posting that entered it into the ledger; without it nothing is invoiced yet.'),
      cancel_posting: optional('posting', 'The posting that took it back.'),
    },
  },
  invoice_line: {
    description: 'A line of an invoice.',
    fields: {
      quantity: decimal('Invoiced; negative on a credit note.'),
      unit_price: decimal('Without tax, in the invoice currency.'),
    },
    references: {
      invoice: required('invoice', 'Its invoice.'),
      order_line: optional('order_line', 'What it bills.'),
    },
  },
  posting: {
    description: 'A journal entry of the ledger.',
    fields: {
      number: text('Entry number.'),
      posted_on: date('Effective day.'),
      state: oneOf(['draft', 'posted'], 'Drafts count like posted ones where the system reconciles them.'),
    },
    references: { invoice: optional('invoice', 'The invoice that it posts or pays.') },
  },
  ledger_account: {
    description: 'An account of the chart of accounts.',
    fields: {
      code: text('Account code.'),
      name: text('Account name.'),
      receivable: flag('Whether it holds what customers owe, where the row itself says so.'),
    },
    references: { type: optional('ledger_account_type', 'Its type, which says so otherwise.') },
  },
  ledger_account_type: {
    description: 'A type of ledger accounts.',
    fields: { name: text('Name.'), receivable: flag('Whether accounts of this type hold what customers owe.') },
    references: {},
  },
  receivable_item: {
    description: 'Something a customer owes (positive) or has in credit (negative): one due-date line.',
    fields: {
      amount: decimal('In the system currency, signed.'),
      document_amount: decimal('In the document currency, signed; absent = `amount`.'),
      document_currency: text('ISO 4217; absent = the system currency.'),
      number: text('Document number, where the row itself has it.'),
      posted_on: date("Posting day, where the row itself has it; otherwise the posting's."),
      due_on: date('Due date; null for credits.'),
      settled_on: date('Day on which nothing was left open, where the row itself says so.'),
      open_amount: decimal('What is still open, where the system says so itself; absent = all until settled.'),
      disputed: flag('Whether the customer disputes it.'),
      description: text('Free text of the ledger.'),
    },
    references: {
      account: required('account', 'Who owes it.'),
      ledger_account: optional('ledger_account', 'Counts only on receivable accounts; absent = it is one.'),
      posting: optional('posting', 'Its journal entry.'),
      settlement: optional('settlement', 'What cleared it together with other items.'),
      invoice: optional('invoice', 'Its invoice, where the row itself has it.'),
    },
  },
  settlement: {
    description: 'A group of items that cleared each other.',
    fields: { settled_on: date('Day of the latest item.') },
    references: {},
  },
  application: {
    description: 'A receipt or credit set against an invoice that it does not clear yet.',
    fields: {
      amount: decimal('Applied, positive; absent = all of the credit.'),
      applied_on: date('Day; absent = the posting day of the credit.'),
    },
    references: {
      item: required('receivable_item', 'The receipt or credit.'),
      invoice: required('invoice', 'What it is set against.'),
    },
  },
  exchange_rate: {
    description: 'A dated rate of a currency.',
    fields: {
      currency: text('ISO 4217.'),
      valid_from: date('First day of the rate.'),
      rate: decimal('Units of `currency` for one unit of the system currency.'),
    },
    references: {},
  },
  balance: {
    description:
      "What a customer owes on balance by the system's own account of it: held against what Syncline computes, never counted.",
    fields: {
      amount: decimal('Signed: positive is owed. In `currency`. Several records of one account and day add up.'),
      currency: text(
        "ISO 4217. The system's own currency (also when absent) means the whole ledger; another, the items of that document currency.",
      ),
      as_of: date('End of this day.'),
    },
    references: { account: required('account', 'Whose balance it is.') },
  },
  opportunity: {
    description: 'A chance to sell.',
    fields: {
      number: text('Number.'),
      description: text('What it is about.'),
      state: oneOf(OPPORTUNITY_STATES, 'Where it stands.'),
      amount: decimal('Expected amount in the system currency.'),
      probability: decimal('0 to 1.'),
      opened_on: date('Start.'),
      closed_on: date('End.'),
    },
    references: { account: required('account', 'With whom.') },
  },
  service_case: {
    description: 'A complaint or service request.',
    fields: {
      number: text('Number.'),
      subject: text('What it is about.'),
      state: oneOf(['open', 'closed', 'cancelled'], 'Where it stands.'),
      opened_on: date('Start.'),
      closed_on: date('End.'),
    },
    references: { account: required('account', 'Whose case it is.') },
  },
};
