/** A record of Tryton: its number, or its name as Tryton shows it (`Parent / Child`). */
export type TrytonName = string | number;

export interface TrytonConfig {
  url: string;
  database: string;
  user: string;
  password: string;
  allowed_hosts?: string[];
  /** Name of the company that the user must work in. */
  company: string;
  match_by: 'code' | 'key';
  /** Currency of that company. */
  currency: string;
  /** Digits after the point of that currency. */
  scale: number;
  rounding: 'refuse' | 'down';
  /** Days → payment term. Left out, terms are not carried. */
  payment_terms?: Record<string, TrytonName>;
  /** Grade → party category. Left out, grades are not carried. */
  grades?: Record<string, TrytonName>;
  /** Hold → party category. Left out, ratings with a hold are refused. */
  holds?: { new_orders: TrytonName; all: TrytonName };
}

const text = { type: 'string', minLength: 1 };
const name = { oneOf: [text, { type: 'integer', minimum: 1 }] };
const names = { type: 'object', additionalProperties: name, minProperties: 1 };

/** JSON Schema of the `config` of a target with adapter tryton. */
export const TRYTON_CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'database', 'user', 'password', 'company', 'currency'],
  properties: {
    url: { type: 'string', pattern: '^https?://' },
    database: text,
    user: text,
    password: { ...text, writeOnly: true },
    allowed_hosts: { type: 'array', items: text, minItems: 1 },
    company: text,
    match_by: { enum: ['code', 'key'], default: 'code' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    scale: { type: 'integer', minimum: 0, maximum: 6, default: 2 },
    rounding: { enum: ['refuse', 'down'], default: 'refuse' },
    payment_terms: names,
    grades: names,
    holds: {
      type: 'object',
      additionalProperties: false,
      required: ['new_orders', 'all'],
      properties: { new_orders: name, all: name },
    },
  },
} satisfies Record<string, unknown>;
