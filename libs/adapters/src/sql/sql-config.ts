import { CREDIT_MAPPING_SCHEMA, type CreditMappingConfig } from '../kit';

export interface SqlStatements {
  /** Accounts that `:account` means, as column `id`. */
  find: string;
  /** The fields of account `:id`, under the names of the `credit` section. */
  read: string;
  /** Changes account `:id`, only while its fields are `:old_<name>`. */
  write: string;
}

export interface SqlConfig {
  driver: string;
  connection: Record<string, string | number | boolean>;
  /** What `:account` is: the code that people use, or the key of the system's records. */
  match_by: 'code' | 'key';
  /** What is committed together. */
  transaction: 'item' | 'batch';
  statements: SqlStatements;
  /** Proves that this is the right company: the first column of the first row has to be `equals`. */
  company?: { statement: string; equals: string };
  /** The column of the change events, and its value, that our writes leave behind. */
  echo?: { column: string; value: string };
  credit: CreditMappingConfig;
}

const text = { type: 'string', minLength: 1 };

/** JSON Schema of the `config` of a target with adapter sql. */
export const SQL_CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['driver', 'connection', 'statements', 'credit'],
  properties: {
    driver: { enum: ['sqlite', 'postgres', 'sqlserver'] },
    connection: {
      type: 'object',
      additionalProperties: false,
      properties: {
        path: text,
        url: { ...text, writeOnly: true },
        server: text,
        port: { type: 'integer', minimum: 1, maximum: 65535 },
        database: text,
        user: text,
        password: { ...text, writeOnly: true },
        encrypt: { type: 'boolean' },
        trust_server_certificate: { type: 'boolean' },
      },
    },
    match_by: { enum: ['code', 'key'], default: 'code' },
    transaction: { enum: ['item', 'batch'], default: 'item' },
    statements: {
      type: 'object',
      additionalProperties: false,
      required: ['find', 'read', 'write'],
      properties: { find: text, read: text, write: text },
    },
    company: {
      type: 'object',
      additionalProperties: false,
      required: ['statement', 'equals'],
      properties: { statement: text, equals: { type: 'string' } },
    },
    echo: {
      type: 'object',
      additionalProperties: false,
      required: ['column', 'value'],
      properties: { column: text, value: text },
    },
    credit: CREDIT_MAPPING_SCHEMA,
  },
} satisfies Record<string, unknown>;

/** What each driver needs in `connection`. */
export const CONNECTION_FIELDS: Readonly<Record<string, readonly string[]>> = {
  sqlite: ['path'],
  postgres: ['url'],
  sqlserver: ['server', 'database', 'user', 'password'],
};
