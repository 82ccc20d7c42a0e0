import { HOLDS, type Hold } from '@syncline/model';

/** Literal of a target: what its own field holds. */
export type Literal = string | number | boolean;

/** A field of the target that says whether another one is in force. */
export interface SwitchConfig {
  name: string;
  on: Literal;
  off: Literal;
}

/** How a rating stands in a target's own fields. A part that is left out is not carried. */
export interface CreditMappingConfig {
  /** ISO 4217 of the target's limits; ratings in another currency are refused. */
  currency: string;
  grade?: { name: string; max_length?: number; values?: Record<string, Literal> };
  term_days?: { name: string; switch?: SwitchConfig; values?: Record<string, Literal> };
  limit?: {
    name: string;
    scale: number;
    precision: number;
    rounding: 'refuse' | 'down';
    /** How "no limit" is said: the field is null, the switch is off, a value, or not at all. */
    unlimited: 'null' | 'switch' | 'refuse' | { value: Literal };
    switch?: SwitchConfig;
  };
  /** Own field with a value for each hold, or expressed as a limit of 0. */
  hold?: { name: string; values: Record<Hold, Literal> } | { by: 'limit' };
}

const literal = { type: ['string', 'number', 'boolean'] };
const literals = { type: 'object', additionalProperties: literal, minProperties: 1 };
const name = { type: 'string', minLength: 1 };
const toggle = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'on', 'off'],
  properties: { name, on: literal, off: literal },
};
const object = (required: string[], properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** JSON Schema of the `credit` section. */
export const CREDIT_MAPPING_SCHEMA = object(['currency'], {
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  grade: object(['name'], { name, max_length: { type: 'integer', minimum: 1 }, values: literals }),
  term_days: object(['name'], { name, switch: toggle, values: literals }),
  limit: object(['name', 'unlimited'], {
    name,
    scale: { type: 'integer', minimum: 0, maximum: 20, default: 2 },
    precision: { type: 'integer', minimum: 1, maximum: 38, default: 18 },
    rounding: { enum: ['refuse', 'down'], default: 'refuse' },
    unlimited: { oneOf: [{ enum: ['null', 'switch', 'refuse'] }, object(['value'], { value: literal })] },
    switch: toggle,
  }),
  hold: {
    oneOf: [
      object(['by'], { by: { const: 'limit' } }),
      object(['name', 'values'], {
        name,
        values: object([...HOLDS], { none: literal, new_orders: literal, all: literal }),
      }),
    ],
  },
});
