import { decimal, decimalOrNull, object, textOrNull, type JsonSchema } from '../schemas/json-schema';

export const integerOrNull = (description: string): JsonSchema => ({ type: ['integer', 'null'], description });
export const dayOrNull = (description: string): JsonSchema => ({
  type: ['string', 'null'],
  format: 'date',
  description,
});
export const instantOrNull = (description: string): JsonSchema => ({
  type: ['string', 'null'],
  format: 'date-time',
  description,
});

/** A page of a list: pass `next_cursor` as `cursor` for the next one; null = this was the last. */
export function page(items: JsonSchema): JsonSchema {
  return object({
    items: { type: 'array', items },
    next_cursor: textOrNull('Opaque place after this page; null = there is no more.'),
  });
}

/** An amount of money. */
export const amount = (description: string): JsonSchema => decimal(`${description} Two decimals.`);
export const amountOrNull = (description: string): JsonSchema => decimalOrNull(`${description} Two decimals.`);
