import type { FieldValue, RecordKind } from '@syncline/model';
import type { TimeUnit } from '../coerce/temporal';
import type { Position } from '../finding';

/** An expression as the file has it, and where it begins. */
export interface ExpressionText {
  text: string;
  at: Position;
}

/** Where a field's value comes from. */
export type FieldSource =
  | ({ kind: 'expression' } & ExpressionText)
  | { kind: 'column'; column: string; at: Position }
  | { kind: 'constant'; value: FieldValue; at: Position };

export const NULL_POLICIES = ['clear', 'keep', 'default', 'error'] as const;

/** What null does: clears the field, keeps what is stored, takes the default, or is an error. */
export type NullPolicy = (typeof NULL_POLICIES)[number];

export const UNKNOWN_POLICIES = ['error', 'null', 'keep', 'default'] as const;

/** What a value does that its value map does not know. */
export type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number];

export type ValueMap = ReadonlyMap<string, FieldValue>;

export interface FieldRule {
  name: string;
  at: Position;
  from: FieldSource;
  /** Name of a value map of the file, or one written in place. */
  values?: { name: string; at: Position } | { map: ValueMap; at: Position };
  onNull: NullPolicy;
  onUnknown: UnknownPolicy;
  default?: FieldValue;
  unit?: TimeUnit;
  /** Zone whose calendar says the day; absent = the system's. */
  zone?: string;
  /** Zone of times without an offset; absent = UTC. */
  storedIn?: string;
}

export interface RefRule {
  name: string;
  at: Position;
  from: ExpressionText;
}

export interface RecordRule {
  kind: RecordKind;
  at: Position;
  when?: ExpressionText;
  key?: ExpressionText;
  refs: RefRule[];
  fields: FieldRule[];
}

export interface SourceRule {
  name: string;
  at: Position;
  key?: ExpressionText;
  version?: ExpressionText;
  records: RecordRule[];
}

export interface NamedValueMap {
  at: Position;
  map: ValueMap;
}

/** A mapping file after parsing: well formed, not yet checked against the catalogue. */
export interface Mapping {
  file: string;
  name: string;
  version: number;
  systemRole?: 'erp' | 'crm';
  values: ReadonlyMap<string, NamedValueMap>;
  /** Tables that carry nothing for Syncline, with the reason where the file gives one. */
  ignore: ReadonlyMap<string, string>;
  sources: ReadonlyMap<string, SourceRule>;
}
