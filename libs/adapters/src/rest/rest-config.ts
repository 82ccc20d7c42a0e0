import { CREDIT_MAPPING_SCHEMA, type CreditMappingConfig } from '../kit';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export interface RequestConfig {
  method: string;
  /** Relative to base_url, with `{placeholders}`. */
  url: string;
  headers: Record<string, string>;
  body?: JsonValue;
}

/** What an answer means. The first rule that fits counts. */
export interface AnswerRule {
  status?: number[];
  /** JSON pointer into the answer; the rule fits when it leads somewhere that is not null, false or empty. */
  pointer?: string;
  /** The rule fits only with this value there. */
  equals?: string;
  class: 'success' | 'retryable' | 'ambiguous' | 'throttled' | 'conflict' | 'auth' | 'permanent' | 'missing';
  /** The field of the rating that a permanent failure is about. */
  field?: string;
}

export interface RestConfig {
  base_url: string;
  allowed_hosts: string[];
  headers: Record<string, string>;
  login?: { request: RequestConfig; token: string; header: string; value: string };
  company?: { request: RequestConfig; pointer: string; equals: string };
  match_by: 'code' | 'key';
  find?: { request: RequestConfig; list: string; id: string };
  read: { request: RequestConfig; fields: Record<string, string>; version?: { header?: string; pointer?: string } };
  write: { request: RequestConfig };
  /** How amounts are written into bodies. */
  amounts: 'number' | 'text';
  answers: AnswerRule[];
  echo?: { column: string; value: string };
  credit: CreditMappingConfig;
}

const text = { type: 'string', minLength: 1 };
const pointer = { type: 'string', pattern: '^(/.*)?$' };
const texts = { type: 'object', additionalProperties: { type: 'string' }, default: {} };
const object = (required: string[], properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const request = object(['url'], {
  method: { enum: ['GET', 'POST', 'PUT', 'PATCH'], default: 'GET' },
  url: text,
  headers: { ...texts, writeOnly: true },
  body: {},
});
const rule = object(['class'], {
  status: { type: 'array', items: { type: 'integer', minimum: 100, maximum: 599 }, minItems: 1 },
  pointer,
  equals: { type: 'string' },
  class: {
    enum: ['success', 'retryable', 'ambiguous', 'throttled', 'conflict', 'auth', 'permanent', 'missing'],
  },
  field: text,
});

/** JSON Schema of the `config` of a target with adapter rest. */
export const REST_CONFIG_SCHEMA = object(['base_url', 'allowed_hosts', 'read', 'write', 'credit'], {
  base_url: { type: 'string', pattern: '^https?://.+/$' },
  allowed_hosts: { type: 'array', items: text, minItems: 1 },
  headers: { ...texts, writeOnly: true },
  login: object(['request', 'token'], {
    request,
    token: pointer,
    header: { ...text, default: 'Authorization' },
    value: { ...text, default: 'Bearer {token}' },
  }),
  company: object(['request', 'pointer', 'equals'], { request, pointer, equals: { type: 'string' } }),
  match_by: { enum: ['code', 'key'], default: 'code' },
  find: object(['request', 'list', 'id'], { request, list: pointer, id: pointer }),
  read: object(['request', 'fields'], {
    request,
    fields: { type: 'object', additionalProperties: pointer, minProperties: 1 },
    version: object([], { header: text, pointer }),
  }),
  write: object(['request'], { request }),
  amounts: { enum: ['number', 'text'], default: 'number' },
  answers: { type: 'array', items: rule, default: [] },
  echo: object(['column', 'value'], { column: text, value: text }),
  credit: CREDIT_MAPPING_SCHEMA,
});
