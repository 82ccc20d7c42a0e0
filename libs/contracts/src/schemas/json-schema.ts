/** The part of JSON Schema (draft 2020-12) that the contracts use. Readers ignore what they don't know. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  type?: string | readonly string[];
  const?: string;
  format?: string;
  pattern?: string;
  minimum?: number;
  minLength?: number;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  allOf?: readonly JsonSchema[];
  if?: JsonSchema;
  then?: JsonSchema;
  propertyNames?: JsonSchema;
  examples?: readonly unknown[];
  /**
   * The values of today. A publisher keeps to them; a reader treats any other one as UNKNOWN, because a later
   * version may add some.
   */
  'x-extensible-enum'?: readonly string[];
}

export const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

export const text = (description: string): JsonSchema => ({ type: 'string', description });
export const textOrNull = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
export const flag = (description: string): JsonSchema => ({ type: 'boolean', description });
export const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

export const decimal = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^-?\\d+(\\.\\d+)?$',
  description: `${description} Exact decimal as text.`,
});

export const decimalOrNull = (description: string): JsonSchema => ({
  ...decimal(description),
  type: ['string', 'null'],
});
export const instant = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });
export const day = (description: string): JsonSchema => ({ type: 'string', format: 'date', description });

export const oneOf = (values: readonly string[], description: string): JsonSchema => ({
  type: 'string',
  'x-extensible-enum': values,
  description,
});

export const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });

/** An object all of whose named members are there. Others may be added by later versions. */
export function object(properties: Record<string, JsonSchema>, description?: string): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), ...(description ? { description } : {}) };
}

/** An object with free names. */
export const dictionary = (values: JsonSchema, description: string): JsonSchema => ({
  type: 'object',
  additionalProperties: values,
  description,
});
