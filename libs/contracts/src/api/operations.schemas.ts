import {
  count,
  dictionary,
  flag,
  instant,
  list,
  object,
  oneOf,
  text,
  textOrNull,
  type JsonSchema,
} from '../schemas/json-schema';
import { ERROR_CLASSES } from '../schemas/operations.schema';
import { DELIVERY } from './customer.schemas';
import { MATCH_SCHEMAS } from './match.schemas';
import { instantOrNull, integerOrNull, page } from './shapes';

const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] });

const STATE = oneOf(['RUNNING', 'PAUSED', 'STOPPED', 'FAILED', 'UNASSIGNED', 'DEGRADED'], 'State.');

const TASK: JsonSchema = {
  type: 'object',
  properties: { id: count('Task.'), state: STATE, worker_id: text('Process.'), trace: text('Why it failed.') },
  required: ['id', 'state', 'worker_id'],
};

const CONNECTOR_STATUS = object({
  name: text('Connector.'),
  connector: {
    type: 'object',
    properties: { state: STATE, worker_id: text('Process.'), trace: text('Why it failed.') },
    required: ['state', 'worker_id'],
  },
  tasks: list(TASK, 'Tasks.'),
  type: oneOf(['source', 'sink'], 'source reads a system, sink brings ratings to a target.'),
});

const CONNECTOR_INFO = object({
  name: text('Connector.'),
  config: dictionary(text('Setting; secrets are references.'), 'Its configuration.'),
  tasks: list(object({ connector: text('Connector.'), task: count('Task.') }), 'Tasks.'),
  type: oneOf(['source', 'sink'], 'Type.'),
});

const CONNECTOR_OFFSETS = object({
  offsets: list(
    object({
      partition: object({ kafka_topic: text('Topic.'), kafka_partition: count('Partition.') }),
      offset: object({ kafka_offset: integerOrNull('Next offset to read; null = none committed.') }),
      end: count('Next offset to be written.'),
      lag: integerOrNull('end − offset; null = none committed.'),
    }),
    'By topic and partition.',
  ),
});

const DEAD_LETTER_FIELDS = {
  id: text('`<topic>/<partition>/<offset>`.'),
  stage: oneOf(['ingest', 'reconcile', 'rate', 'deliver'], 'Stage.'),
  system: text('System.'),
  topic: text('Topic.'),
  partition: { type: 'integer', description: 'Partition; -1 = it came through the front door and stands in no log.' },
  offset: { type: 'integer', description: 'Offset; -1 likewise.' },
  parking_key: textOrNull('Key whose later messages wait behind it.'),
  code: text('Error code.'),
  class: oneOf(ERROR_CLASSES, 'Class.'),
  message: text('What went wrong.'),
  where: textOrNull('Where in the message or mapping.'),
  advice: textOrNull('What to do.'),
  mapping: textOrNull('Mapping that was used.'),
  attempts: count('How often it was tried.'),
  status: oneOf(['open', 'replaying', 'resolved', 'discarded'], 'What became of it.'),
  first_failed_at: instant('First failure.'),
  last_failed_at: instant('Last failure.'),
};

const DEAD_LETTER = object(DEAD_LETTER_FIELDS);

const DEAD_LETTER_DETAIL: JsonSchema = {
  ...DEAD_LETTER,
  properties: {
    ...DEAD_LETTER_FIELDS,
    timestamp: count('Milliseconds since 1970 of the original message.'),
    headers: dictionary(text('Header.'), 'Original headers. Operators only.'),
    key_base64: textOrNull('Original key, byte for byte. Operators only.'),
    value_base64: textOrNull('Original value, byte for byte; null = tombstone. Operators only.'),
  },
};

const API_KEY = object({
  id: text('Public part.'),
  name: text('What it is for.'),
  role: oneOf(['operator', 'administrator', 'analyst', 'subscriber'], 'Role.'),
  created_at: instant('Made.'),
  expires_at: instantOrNull('End.'),
  revoked_at: instantOrNull('Revoked.'),
});

const DECISION = object({
  id: text('Decision.'),
  verdict: oneOf(['same', 'different'], 'What was decided.'),
  a: object({ system: text('System.'), key: text('Key.') }),
  b: object({ system: text('System.'), key: text('Key.') }),
  reason: text('Why.'),
  decided_by: text('By.'),
  decided_at: instant('When.'),
  revoked_by: textOrNull('Taken back by.'),
  revoked_at: instantOrNull('Taken back.'),
});

const PART_HEALTH: JsonSchema = {
  type: 'object',
  properties: { status: oneOf(['up', 'down'], 'State.'), code: text('Cause.'), message: text('Cause in words.') },
  required: ['status'],
};

export const OPERATIONS_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ConnectorNames: list(text('Name.'), 'Names; with expand, an object by name.'),
  ConnectorInfo: CONNECTOR_INFO,
  ConnectorConfig: dictionary(text('Setting.'), 'Configuration.'),
  ConnectorStatus: CONNECTOR_STATUS,
  ConnectorOffsets: CONNECTOR_OFFSETS,
  DeadLetterPage: page(DEAD_LETTER),
  DeadLetter: DEAD_LETTER_DETAIL,
  ReplayResult: object({
    dry_run: flag('Nothing was changed.'),
    results: list(
      {
        type: 'object',
        properties: {
          id: text('Dead letter.'),
          outcome: text('replayed, would_succeed, would_fail or skipped.'),
          records: count('Records that the present mapping makes of it.'),
          preview: { type: 'array', description: 'Those records. Operators only.' },
          code: text('Why it would fail.'),
          message: text('In words.'),
        },
        required: ['id', 'outcome'],
      },
      'By message.',
    ),
  }),
  DiscardResult: object({ discarded: list(text('Dead letter.'), 'Those that were open.') }),
  DeliveryPage: page(DELIVERY),
  RetryResult: object({ retried: count('Deliveries that are due now.') }),
  Waiting: object({
    items: list(
      object({
        system: text('System.'),
        kind: text('Kind of the records that wait.'),
        reference: text('Reference that leads nowhere yet.'),
        to: text('Kind that it names.'),
        required: flag('Without it they mean nothing; otherwise they count already.'),
        count: count('How many wait.'),
        examples: list(object({ key: text('Waits.'), waits_for: text('For this key.') }), 'Some of them.'),
      }),
      'By kind and reference.',
    ),
  }),
  IngestResult: object({
    accepted: count('Appended to a source topic.'),
    ignored: count('Of a source that the mapping does not read.'),
    failed: count('Put to the dead letters.'),
  }),
  AuditPage: page(
    object({
      id: count('Number.'),
      at: instant('When.'),
      actor: text('Who.'),
      role: text('Role.'),
      action: text('Endpoint or command.'),
      subject: text('To what.'),
      details: { type: 'object', additionalProperties: true },
      trace: text('Trace.'),
    }),
  ),
  AuditVerdict: object({
    entries: count('Entries looked at.'),
    unsealed: count('Those at the beginning from before entries were sealed.'),
    intact: { type: 'boolean', description: 'Whether each entry follows from the one before it.' },
    broken: orNull(
      object({
        id: count('The first entry that does not.'),
        problem: oneOf(['altered', 'does_not_follow', 'unsealed', 'not_as_noted'], 'What is wrong with it.'),
      }),
    ),
    head: orNull(object({ id: count('The last sealed entry.'), hash: text('Its seal: SHA-256 in hex.') })),
  }),
  ApiKeys: object({ items: list(API_KEY, 'Keys, revoked ones too.') }),
  ApiKeyCreated: { ...API_KEY, properties: { ...API_KEY.properties, key: text('The key itself: shown this once.') } },
  Me: object({ key_id: text('Public part of the key.'), name: text('Name.'), role: text('Role.') }),
  ...MATCH_SCHEMAS,
  IdentityDecision: DECISION,
  IdentityDecisions: object({ items: list(DECISION, 'The newest first.') }),
  Erasure: object({
    customer_id: text('Customer.'),
    accounts: count('Its accounts.'),
    records: count('Records of which something was erased.'),
    values: count('Values that are gone.'),
  }),
  DecisionList: object({ decisions: list(DECISION, 'What was decided.') }),
  Health: object({ status: oneOf(['up', 'down'], 'State.'), parts: dictionary(PART_HEALTH, 'Part → state.') }),
  Index: object({ name: text('Name.'), version: text('Version.'), links: dictionary(text('Path.'), 'Where to go.') }),
};
