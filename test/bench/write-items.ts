import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { itemsWorkload } from './items-workload';

// node dist/test/bench/write-items.js [--customers 2000] [--items 100000] [--seed 1] <file>
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string', default: '2000' },
    items: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [path = 'items.csv'] = positionals;
const file = openSync(path, 'w');
const { customers, items, seed } = values;
for (const line of itemsWorkload({ customers: Number(customers), items: Number(items), seed: Number(seed) }))
  writeSync(file, `${line}\n`);
closeSync(file);
