import { localDateOfEpochDay } from '@syncline/model';
import { randomFrom } from './seeded-random';

/** What a generated file of items is made of. */
export interface ItemsWorkload {
  customers: number;
  items: number;
  seed: number;
}

/** 2021-01-01 to 2024-12-31, in days since 1970-01-01. */
const FIRST_DAY = 18_628;
const DAYS = 1_461;
const TERMS = [30, 45, 60] as const;
const HEADINGS = 'customer,invoice,invoice_date,due_date,amount,currency,settled_date,disputed';

/**
 * The lines of a file of items whose truth is known: each customer has a habit of lateness that drifts; one in eight
 * goes downhill from a day on, pays ever later and at last not at all. Made from a seed, without a clock.
 */
export function* itemsWorkload({ customers, items, seed }: ItemsWorkload): Generator<string> {
  yield HEADINGS;
  const random = randomFrom(seed);
  for (let customer = 0; customer < customers; customer += 1) {
    const count = Math.floor(((customer + 1) * items) / customers) - Math.floor((customer * items) / customers);
    yield* customerLines(`C${String(customer + 1).padStart(5, '0')}`, count, random);
  }
}

function* customerLines(customer: string, count: number, random: () => number): Generator<string> {
  const start = FIRST_DAY + (random() < 0.7 ? 0 : Math.floor(random() * 500));
  const span = FIRST_DAY + DAYS - start;
  const term = TERMS[Math.floor(random() * TERMS.length)] ?? 30;
  const size = 10 ** (3 + 2 * random());
  const habit = random() < 0.75 ? -5 + 6 * random() : 20 * random() ** 2;
  const downhillFrom = random() < 1 / 8 ? start + span * (0.3 + 0.7 * random()) : Infinity;
  let drift = 0;
  for (let index = 0; index < count; index += 1) {
    const invoiced = start + Math.floor((index * span) / count);
    const due = invoiced + term;
    drift = 0.9 * drift + 0.8 * normal(random);
    const decline = Math.max(0, due - downhillFrom) / 8;
    const late = Math.round(habit + drift + decline + 2 * normal(random) + (random() < 0.03 ? 30 * random() : 0));
    const isLost = decline > 20 && random() < decline / 60;
    const settled = Math.max(invoiced, due + Math.max(-term, late));
    const isOpen = isLost || settled >= FIRST_DAY + DAYS;
    const cents = Math.max(100, Math.round(size * (0.5 + random()) * 100));
    yield [
      customer,
      `${customer}-${index + 1}`,
      localDateOfEpochDay(invoiced),
      localDateOfEpochDay(due),
      `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
      'CNY',
      isOpen ? '' : localDateOfEpochDay(settled),
      random() < 0.005 ? localDateOfEpochDay(due) : '',
    ].join();
  }
}

/** Sum of twelve even numbers: near enough to the normal distribution. */
function normal(random: () => number): number {
  let sum = -6;
  for (let index = 0; index < 12; index += 1) sum += random();
  return sum;
}
