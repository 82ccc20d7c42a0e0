import { isLocalDate, type LocalDate } from '@syncline/model';
import { InvalidArgumentError } from 'commander';

/** A whole number of at least 0, for an option. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** A day, for an option. */
export function day(text: string): LocalDate {
  if (!isLocalDate(text)) throw new InvalidArgumentError('A day is written YYYY-MM-DD.');
  return text;
}
