import type { RecordId, RecordKind } from '@syncline/model';
import {
  balanceCandidates,
  balanceAgrees,
  converterInto,
  explainByEvidence,
  type BalanceItem,
  type BalanceOfDay,
  type BalanceResult,
  type CurrencyRate,
  type EvidenceRecord,
  type LedgerRecords,
} from '@syncline/receivables';
import { groupBy } from '../group-by';

/** What explaining differences reads of the records behind the items. */
export interface EvidenceReads {
  find(ids: RecordId[]): Promise<EvidenceRecord[]>;
  /** Records of these kinds that refer to any of the targets, without deleted ones. */
  referrers(targets: RecordId[], kinds: RecordKind[]): Promise<EvidenceRecord[]>;
  rates(): Promise<CurrencyRate[]>;
}

/** A balance that was compared, and the items that it was held against. */
export interface ComparedBalance {
  day: BalanceOfDay;
  items: readonly BalanceItem[];
}

/** Why each differs, in their order. One query for each kind of record, however many there are; none if all agree. */
export async function explainBalances(
  compared: readonly ComparedBalance[],
  reads: EvidenceReads,
  systemCurrencies: Readonly<Record<string, string>>,
): Promise<BalanceResult[]> {
  const differing = compared.filter(({ day }) => !balanceAgrees(day)).map(({ day }) => day);
  if (differing.length === 0) return compared.map(({ day }) => explainByEvidence({ ...day, candidates: [] }));
  const lines = await linesOf(differing, reads);
  const found = await recordsBehind(lines, reads);
  const rates = await reads.rates();
  return compared.map(({ day, items }) => {
    if (balanceAgrees(day)) return explainByEvidence({ ...day, candidates: [] });
    const converter = converterInto(day.currency, rates, systemCurrencies, day.asOf);
    const candidates = balanceCandidates(day, items, recordsOf(day, lines, found), converter);
    return explainByEvidence({ ...day, candidates });
  });
}

type LinesByAccount = ReadonlyMap<string, EvidenceRecord[]>;

async function linesOf(differing: readonly BalanceOfDay[], reads: EvidenceReads): Promise<LinesByAccount> {
  const accounts = differing.flatMap(({ system, accountKeys }) =>
    accountKeys.map((key): RecordId => ({ system, kind: 'account', key })),
  );
  const lines = await reads.referrers(accounts, ['receivable_item']);
  return groupBy(lines, ({ system, refs }) => `${system}\n${refs['account']}`);
}

/** Postings, invoices and ledger accounts of the lines, by their names. */
async function recordsBehind(lines: LinesByAccount, reads: EvidenceReads): Promise<Map<string, EvidenceRecord>> {
  const found = new Map<string, EvidenceRecord>();
  let ids = [...lines.values()]
    .flat()
    .flatMap((line) => LINE_REFERENCES.flatMap(([name, kind]) => target(line, name, kind)));
  while (ids.length > 0) {
    const records = await reads.find(ids);
    for (const record of records) found.set(`${record.system}/${record.kind}/${record.key}`, record);
    ids = records.flatMap((record) => [
      ...(record.kind === 'posting' ? target(record, 'invoice', 'invoice') : []),
      ...(record.kind === 'ledger_account' ? target(record, 'type', 'ledger_account_type') : []),
    ]);
  }
  return found;
}

function recordsOf(
  { system, accountKeys }: BalanceOfDay,
  lines: LinesByAccount,
  found: ReadonlyMap<string, EvidenceRecord>,
): LedgerRecords {
  return {
    lines: accountKeys.flatMap((key) => lines.get(`${system}\n${key}`) ?? []),
    find: (kind, key) => found.get(`${system}/${kind}/${String(key)}`),
  };
}

const LINE_REFERENCES = [
  ['posting', 'posting'],
  ['invoice', 'invoice'],
  ['ledger_account', 'ledger_account'],
] as const;

function target(record: EvidenceRecord, name: string, kind: RecordId['kind']): RecordId[] {
  const key = record.refs[name];
  return typeof key === 'string' ? [{ system: record.system, kind, key }] : [];
}
