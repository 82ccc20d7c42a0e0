import { epochDay, localDateOfEpochDay, type LocalDate } from '@syncline/model';

export const REVIEW_STEPS = ['month', 'quarter'] as const;
export type ReviewStep = (typeof REVIEW_STEPS)[number];

/** The last days of all months (or quarters) from `from` to `to`, both included when they are one. */
export function reviewDates(from: LocalDate, to: LocalDate, every: ReviewStep): LocalDate[] {
  const dates: LocalDate[] = [];
  const step = every === 'month' ? 1 : 3;
  let month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  month += step - 1 - (month % step);
  for (let date = endOfMonth(month); date <= to; date = endOfMonth((month += step))) if (date >= from) dates.push(date);
  return dates;
}

function endOfMonth(month: number): LocalDate {
  const next = month + 1;
  const first = `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}-01`;
  return localDateOfEpochDay(epochDay(first) - 1);
}

/** The quarter of a day: `2024-Q1`. */
export function quarterOf(date: LocalDate): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}
