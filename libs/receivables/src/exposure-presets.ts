import type { ExposureFactors, ExposureOptions } from './exposure';

/** What one ERP counts as a customer's credit exposure, in the terms of `exposureParts` and `exposureOf`. */
export interface ExposurePreset {
  factors: ExposureFactors;
  /** Null = all open orders count. */
  horizonDays: number | null;
  orderValue: NonNullable<ExposureOptions['orderValue']>;
  deposits: NonNullable<ExposureOptions['deposits']>;
  floorZero: boolean;
  /** What the ERP counts, and where it says so. */
  source: string;
}

export const EXPOSURE_PRESET_NAMES = [
  'sap_static',
  'sap_dynamic',
  'business_central',
  'odoo',
  'erpnext',
  'tryton',
  'idempiere',
] as const;

export type ExposurePresetName = (typeof EXPOSURE_PRESET_NAMES)[number];

/** The open items of the ledger, its credits taken off: what each of the ERPs begins with. */
const BALANCE: ExposureFactors = {
  openItems: 1,
  disputedItems: 1,
  unappliedCash: -1,
  unappliedCreditMemos: -1,
  bankAcceptanceUnmatured: 0,
  commercialAcceptanceUnmatured: 0,
  deliveredNotInvoicedGross: 0,
  openOrdersGross: 0,
  orderDeposits: 0,
};
const WITH_ORDERS: ExposureFactors = { ...BALANCE, deliveredNotInvoicedGross: 1, openOrdersGross: 1 };

/** Down payments and bills of exchange are special ledger transactions, which the check includes by default. */
const SAP: ExposureFactors = {
  ...WITH_ORDERS,
  bankAcceptanceUnmatured: 1,
  commercialAcceptanceUnmatured: 1,
  orderDeposits: -1,
};

/**
 * Parts and factors with which a policy counts what an ERP counts. Documents in draft are not known to Syncline and
 * count nowhere. None of the ERPs stops at zero: a customer in credit has room above its limit.
 */
export const EXPOSURE_PRESETS: Readonly<Record<ExposurePresetName, ExposurePreset>> = {
  sap_static: {
    factors: SAP,
    horizonDays: null,
    orderValue: 'gross',
    deposits: 'as_cash',
    floorZero: false,
    source:
      'Open orders, open deliveries, open billing documents and open items, all of them; special ledger transactions ' +
      'with them, down payments received taken off (SAP Library, SD credit management, "Different Types of Credit ' +
      'Checks" and "Down Payments and Credit Limits").',
  },
  sap_dynamic: {
    factors: SAP,
    // The horizon is chosen per credit control area, risk category and document group; two months is SAP's own example.
    horizonDays: 60,
    orderValue: 'gross',
    deposits: 'as_cash',
    floorZero: false,
    source:
      'As the static check, but open orders due for delivery after the horizon are left out; deliveries, billing ' +
      'documents and open items always count (SAP Library, "Different Types of Credit Checks").',
  },
  business_central: {
    factors: { ...WITH_ORDERS, orderDeposits: -1 },
    horizonDays: null,
    orderValue: 'gross',
    deposits: 'per_order',
    floorZero: false,
    source:
      'Balance, outstanding orders, shipped not invoiced and outstanding invoices in local currency, with tax, less ' +
      'invoiced prepayments (Business Central base application, table Customer, GetTotalAmountLCY).',
  },
  odoo: {
    factors: WITH_ORDERS,
    horizonDays: null,
    orderValue: 'gross',
    deposits: 'as_cash',
    floorZero: false,
    source:
      'Residual of posted lines on receivable accounts, and the amount to invoice of confirmed orders (odoo/odoo, ' +
      'addons/account/models/partner.py `credit`, addons/sale/models/res_partner.py `credit_to_invoice`).',
  },
  erpnext: {
    factors: WITH_ORDERS,
    horizonDays: null,
    orderValue: 'gross',
    deposits: 'as_cash',
    floorZero: false,
    source:
      'Debit less credit of the general ledger for the customer, the unbilled share of the grand total of submitted ' +
      'orders, and delivery notes not billed (frappe/erpnext, selling/doctype/customer/customer.py ' +
      '`get_customer_outstanding`).',
  },
  tryton: {
    factors: WITH_ORDERS,
    horizonDays: null,
    orderValue: 'net',
    deposits: 'as_cash',
    floorZero: false,
    source:
      "The party's receivable, and for confirmed and processing sales the quantity not invoiced at its unit price, " +
      'without tax (tryton/tryton, modules/account_credit_limit/party.py and modules/sale_credit_limit/party.py ' +
      '`get_credit_amount`).',
  },
  idempiere: {
    factors: BALANCE,
    horizonDays: null,
    orderValue: 'gross',
    deposits: 'as_cash',
    floorZero: false,
    source:
      'Open amounts of completed sales invoices less receipts not allocated; orders are held against what is left ' +
      'of the limit, and do not use it (idempiere/idempiere, org.compiere.model.MBPartner, SO_CreditUsed).',
  },
};
