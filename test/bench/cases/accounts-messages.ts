import type { LogMessage, TopicMessages } from '@syncline/pipeline/shared';
import { accountsWorkload, type GeneratedAccount } from '../accounts-workload';

const CHUNK = 2_000;
const SEED = 11;

/** Tables of a Tryton that accounts are written to. */
export const ACCOUNT_TABLES = ['party_party', 'party_contact_mechanism', 'party_address', 'party_identifier'];

/** The generated accounts as change events of a Tryton, in chunks, account by account as they come. */
export function* accountChunks(accounts: number, prefix: string): Generator<TopicMessages[]> {
  let byTopic = new Map<string, LogMessage[]>();
  let size = 0;
  let lsn = 0;
  for (const account of accountsWorkload({ accounts, seed: SEED })) {
    for (const [table, row] of rowsOf(account)) {
      const messages = byTopic.get(prefix + table) ?? [];
      byTopic.set(prefix + table, messages);
      messages.push(messageOf(row, (lsn += 64)));
      size++;
    }
    if (size < CHUNK) continue;
    yield batches(byTopic);
    byTopic = new Map();
    size = 0;
  }
  yield batches(byTopic);
}

function batches(byTopic: ReadonlyMap<string, LogMessage[]>): TopicMessages[] {
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

type Row = Record<string, string | number | boolean | null>;

function* rowsOf({ id, attributes }: GeneratedAccount): Generator<[table: string, row: Row]> {
  const party = Number(id) + 1;
  const first = (name: string): string | null => attributes[name]?.[0] ?? null;
  yield ['party_party', { id: party, active: true, code: `C${id}`, name: first('name'), replaced_by: null }];
  for (const [at, type] of ['phone', 'email'].entries()) {
    const value = first(type);
    if (value !== null)
      yield ['party_contact_mechanism', { id: party * 2 + at, active: true, type, value, party, name: null }];
  }
  const [street, city, postalCode] = [first('street'), first('city'), first('postal_code')];
  const address = { id: party, active: true, party, street, city, postal_code: postalCode, country: null, name: null };
  if (street !== null || city !== null) yield ['party_address', address];
  const identifier = first('identifier');
  if (identifier !== null)
    yield [
      'party_identifier',
      { id: party, party, type: 'cn_uscc', code: identifier.slice(identifier.indexOf(':') + 1) },
    ];
}

function messageOf(after: Row, lsn: number): LogMessage {
  const source = { connector: 'postgresql', ts_ms: lsn, snapshot: 'false', lsn, sequence: `["${lsn - 64}","${lsn}"]` };
  return {
    key: Buffer.from(JSON.stringify({ id: after['id'] })),
    value: Buffer.from(JSON.stringify({ before: null, after, source, op: 'c', ts_ms: lsn })),
    timestamp: Date.now(),
  };
}
