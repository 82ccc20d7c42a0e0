import { Environment } from '@marcbachmann/cel-js';
import { compileMapping, parseMapping, type ChangeEvent, type CompiledMapping } from '@syncline/mapping';

/** Kinds with enough fields to make 30 of, in two records of one row. */
const TEXT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  receivable_item: ['number', 'document_currency', 'description'],
  order: ['number', 'currency', 'reference'],
  account: ['code', 'name', 'country', 'currency', 'segment'],
  address: ['name', 'street', 'city', 'postal_code', 'country'],
  contact: ['name', 'value'],
  opportunity: ['number', 'description'],
  ledger_account: ['code', 'name'],
  posting: ['number'],
  invoice: ['number', 'currency'],
  service_case: ['number', 'subject'],
  identifier: ['scheme', 'value'],
  ledger_account_type: ['name'],
};
const REQUIRED: Readonly<Record<string, string>> = {
  receivable_item: 'account',
  order: 'account',
  address: 'account',
  contact: 'account',
  opportunity: 'account',
  invoice: 'account',
  service_case: 'account',
  identifier: 'account',
};

/** A mapping of exactly 30 fields; `expression` says what the n-th of them is. */
function mappingOf(expression: (n: number) => string): CompiledMapping {
  let n = 0;
  const lines = ['mapping: {name: bench, version: 1}', 'sources:', '  wide:', '    records:'];
  for (const [kind, fields] of Object.entries(TEXT_FIELDS)) {
    lines.push(`      - kind: ${kind}`, '        key: id');
    if (REQUIRED[kind]) lines.push(`        refs: {${REQUIRED[kind]}: party}`);
    lines.push('        fields:');
    for (const field of fields) lines.push(`          ${field}: '${expression(n++)}'`);
  }
  const { mapping, findings } = parseMapping(lines.join('\n'), 'bench.yaml');
  if (!mapping || n !== 30) throw new Error(`the mapping of the benchmark is wrong: ${n} ${JSON.stringify(findings)}`);
  return compileMapping(mapping, { name: 'bench', currency: 'CNY', timeZone: 'Asia/Shanghai' });
}

const row: Record<string, unknown> = { id: 1, party: 2, origin: 'sale.line,151', debit: '5550.00', credit: '0' };
for (let n = 0; n < 30; n++) row[`c${n}`] = `text ${n}`;
const event: ChangeEvent = {
  op: 'create',
  source: 'wide',
  before: null,
  after: row,
  key: { id: 1 },
  version: '1',
  topic: 'wide',
  partition: 0,
  offset: 0,
};

const CASES: Readonly<Record<string, (n: number) => string>> = {
  '30 columns': (n) => `c${n}`,
  '24 columns, 6 expressions': (n) => (n % 5 === 0 ? 'modelId(origin, "sale.line")' : `c${n}`),
  '15 columns, 15 expressions': (n) => (n % 2 === 0 ? `c${n} + " " + c0` : `c${n}`),
  '30 expressions': (n) => `c${n} == "x" ? "a" : "b"`,
  '30 decimal expressions': () => 'text(dec(debit) - dec(credit))',
};

const ROUNDS = 20_000;
const RUNS = 7;

/** Rounds in a second of CPU time, of the least disturbed run: what else the machine does matters less. */
function bestOf(work: () => unknown): number {
  let best = 0;
  for (let run = 0; run <= RUNS; run++) {
    const before = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round++) work();
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, ROUNDS / ((user + system) / 1e6));
  }
  return best;
}

const report = (name: string, perSecond: number): unknown =>
  process.stdout.write(
    `${name.padEnd(36)} ${Math.round(perSecond).toLocaleString('en').padStart(10)} rows/s and core\n`,
  );

const language = new Environment({ unlistedVariablesAreDyn: true });
const alone = Array.from({ length: 30 }, (_, n) => language.parse(`c${n} == "x" ? "a" : "b"`));
report(
  '30 expressions, the library alone',
  bestOf(() => alone.forEach((evaluate) => void evaluate(row))),
);
const bytes = Buffer.from(JSON.stringify(row));
report(
  'JSON.parse of the row, to compare',
  bestOf(() => JSON.parse(bytes.toString()) as unknown),
);
for (const [name, expression] of Object.entries(CASES)) {
  const mapping = mappingOf(expression);
  report(
    name,
    bestOf(() => mapping.run(event)),
  );
}
