import { SynclineError, sourceVersion, type RecordOrigin, type SourceRecord } from '@syncline/model';
import type { ChangeEvent, Row } from '../change-event';
import { rowError } from '../errors';
import { ABSENT, compileExpression, type CompiledExpression } from '../expression/compile-expression';
import { toInstant } from '../coerce/temporal';
import { formatFinding } from '../finding';
import { lintMapping } from '../language/lint-mapping';
import type { Mapping, SourceRule } from '../language/mapping-file';
import { readExpression, type MappedSystem } from './field-runner';
import { keyMissing, recordRunner, type RecordRunner } from './record-runner';

/** A mapping that is ready to run for one system. */
export interface CompiledMapping {
  /** `<name>@<version>`. */
  readonly id: string;
  readonly system: string;
  /** Source names that give records. */
  readonly sources: readonly string[];
  /** Tables that are ignored on purpose. */
  readonly ignored: readonly string[];
  /** What the mapping does with a source. */
  covers(source: string, eventType?: string): 'mapped' | 'ignored' | 'unknown';
  /**
   * The records of one event: none for what is ignored, unknown or no data. Pure.
   * @throws SynclineError of kind poison when the event can't be mapped
   */
  run(event: ChangeEvent): SourceRecord[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface CompiledSource {
  name: string;
  version: CompiledExpression | undefined;
  records: RecordRunner[];
}

/**
 * Compiles a mapping for one system.
 * @throws SynclineError of kind request when the mapping has errors
 */
export function compileMapping(mapping: Mapping, system: MappedSystem): CompiledMapping {
  const errors = lintMapping(mapping).filter((finding) => finding.severity === 'error');
  const [first] = errors;
  if (first)
    throw new SynclineError({
      code: first.code,
      kind: 'request',
      message: `the mapping has ${errors.length} errors; the first: ${formatFinding(first)}`,
      where: `${first.file}:${first.line}:${first.col}`,
      advice: 'run: syncline mapping lint',
    });
  const sources = new Map<string, CompiledSource>();
  for (const source of mapping.sources.values()) sources.set(source.name, compileSource(source, mapping, system));
  const id = `${mapping.name}@${mapping.version}`;
  const find = (source: string, eventType?: string): CompiledSource | undefined =>
    sources.get(source) ?? (eventType === undefined ? undefined : sources.get(eventType));
  return {
    id,
    system: system.name,
    sources: [...sources.keys()],
    ignored: [...mapping.ignore.keys()],
    covers: (source, eventType) => {
      if (find(source, eventType)) return 'mapped';
      return mapping.ignore.has(source) || (eventType !== undefined && mapping.ignore.has(eventType))
        ? 'ignored'
        : 'unknown';
    },
    run: (event) => {
      const source = find(event.source, event.eventType);
      return source ? runSource(source, event, system.name, id) : [];
    },
  };
}

function compileSource(source: SourceRule, mapping: Mapping, system: MappedSystem): CompiledSource {
  return {
    name: `${mapping.name}/${source.name}`,
    version: source.version && compileExpression(source.version.text),
    records: source.records.map((record) => recordRunner(record, source, mapping, system)),
  };
}

function runSource(source: CompiledSource, event: ChangeEvent, system: string, mapping: string): SourceRecord[] {
  switch (event.op) {
    case 'heartbeat':
    case 'message':
    // A tombstone follows the delete that has the position; by itself it has none.
    case 'tombstone':
      return [];
    case 'truncate':
      throw rowError('MAPPING_TRUNCATED', source.name, `${source.name}: the table was truncated`);
    default:
      return new EventRun(source, event, system, mapping).records();
  }
}

/** One event on its way through the rules of its source. */
class EventRun {
  private readonly version: string;
  private readonly origin: RecordOrigin;
  private readonly out: SourceRecord[] = [];

  constructor(
    private readonly source: CompiledSource,
    private readonly event: ChangeEvent,
    private readonly system: string,
    mapping: string,
  ) {
    const { topic, partition, offset, changedAt } = event;
    this.version = event.version ?? versionFrom(source, event);
    this.origin = { topic, partition, offset, mapping, ...(changedAt === undefined ? {} : { changedAt }) };
  }

  records(): SourceRecord[] {
    const { after } = this.event;
    for (const rule of this.source.records) {
      if (this.event.op === 'delete' || after === null) this.deletion(rule);
      else this.change(rule, after);
    }
    return this.out;
  }

  private change(rule: RecordRunner, after: Row): void {
    const { before, key } = this.event;
    // A column that the message leaves out (unchanged large value) may stand in the image before.
    const applies = rule.applies(after) ?? (before ? rule.applies({ ...before, ...after }) : undefined);
    if (applies === undefined)
      throw rowError(
        'MAPPING_CONDITION_UNKNOWN',
        `${rule.where}.when`,
        `${rule.where}: a column of the condition is absent from this ${this.event.op}`,
      );
    const recordKey = rule.keyOf(after, key) ?? (before ? rule.keyOf({ ...before, ...after }, key) : undefined);
    if (!applies) return this.noLonger(rule, recordKey);
    if (recordKey === undefined) keyMissing(rule.where, this.event);
    this.dropOldKey(rule, recordKey);
    this.out.push(this.alive(rule, recordKey, after));
  }

  private alive(rule: RecordRunner, key: string, after: Row): SourceRecord {
    const { renamedFrom } = this.event;
    let notes: string[] | undefined;
    const { fields, refs } = rule.body(after, (note) => (notes ??= []).push(note));
    const { system, version, origin } = this;
    const record: Mutable<SourceRecord> = {
      system,
      kind: rule.kind,
      key,
      version,
      deleted: false,
      fields,
      refs,
      origin,
    };
    if (notes) record.notes = notes;
    const from = renamedFrom && rule.keyOf({ ...after, ...renamedFrom }, renamedFrom);
    if (from !== undefined && from !== key) record.renamedFrom = from;
    return record;
  }

  /** The row is there but gives no such record (any more): say so unless the row before gave none either. */
  private noLonger(rule: RecordRunner, key: string | undefined): void {
    if (this.event.op === 'create' || key === undefined) return;
    if (this.event.before && rule.applies(this.event.before) === false) return;
    this.out.push(this.deleted(rule, key));
  }

  /** The rule's key is made of columns that changed: the record under the old key is gone. */
  private dropOldKey(rule: RecordRunner, key: string): void {
    const { before, op } = this.event;
    if (op !== 'update' || !before) return;
    const old = rule.keyOf(before, this.event.key);
    if (old !== undefined && old !== key && rule.applies(before) !== false)
      this.out.push({ ...this.deleted(rule, old), renamedTo: key });
  }

  private deletion(rule: RecordRunner): void {
    const row = { ...this.event.key, ...this.event.before };
    if (rule.applies(row) === false) return;
    const key = rule.keyOf(row, this.event.key);
    if (key === undefined) keyMissing(rule.where, this.event);
    const to = this.event.renamedTo && rule.keyOf({ ...row, ...this.event.renamedTo }, this.event.renamedTo);
    this.out.push({ ...this.deleted(rule, key), ...(to !== undefined && to !== key ? { renamedTo: to } : {}) });
  }

  private deleted(rule: RecordRunner, key: string): SourceRecord {
    return {
      system: this.system,
      kind: rule.kind,
      key,
      version: this.version,
      deleted: true,
      fields: {},
      refs: {},
      origin: this.origin,
    };
  }
}

const UTC = { zone: 'UTC', storedIn: 'UTC' };

/** The version that the mapping names: a number that grows, or a time (then in milliseconds). */
function versionFrom(source: CompiledSource, event: ChangeEvent): string {
  const row = event.after ?? { ...event.key, ...event.before };
  const value = source.version && readExpression(source.version, row, `${source.name}.version`);
  if (value === undefined || value === ABSENT || value === null)
    throw rowError(
      'MAPPING_VERSION_MISSING',
      `${source.name}.version`,
      `${source.name}: the message has no position in its source`,
    );
  try {
    if (typeof value === 'number' || typeof value === 'bigint') return sourceVersion([value]);
    const text = String(value);
    return sourceVersion([/^\d{1,20}$/.test(text) ? text : Date.parse(toInstant(value, UTC))]);
  } catch (error) {
    throw rowError(
      'MAPPING_VALUE_TYPE',
      `${source.name}.version`,
      `${source.name}: the version is neither a whole number nor a time`,
      undefined,
      error,
    );
  }
}
