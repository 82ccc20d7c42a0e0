import type { MatchRecord } from '../matching/matching-model';

/** What every comparison may need of the configuration. */
export interface ComparisonContext {
  /** ISO code of the country that telephone numbers without a country code belong to, where the record names none. */
  defaultCountry: string;
  /** Domains whose addresses belong to anybody. */
  freeMail: ReadonlySet<string>;
}

/** A value as it is compared, and as it is shown to people. */
export interface Comparable<Value> {
  value: Value;
  shown: string;
}

/** The part of a value that may be common, and how much an agreement in it says. */
export interface CommonTerm<Value> {
  of(value: Value): string;
  /** The level at which the term agrees and nothing more: its u is that of a term of usual frequency. */
  usual: string;
  /** All levels whose agreement rests on the term. */
  levels: readonly string[];
}

/** How values of one kind are normalised and compared. */
export interface ComparisonMethod<Value = unknown> {
  /** From the strongest agreement to the strongest disagreement. */
  levels: readonly string[];
  /** The normalised values of a record; none = unknown. */
  prepare(record: MatchRecord, attribute: string, context: ComparisonContext): Comparable<Value>[];
  /** What tables of term frequencies are about; none = the method has no common values. */
  term?: CommonTerm<Value>;
  /** The level that holds between two values; null = they say nothing about each other. Symmetrical. */
  compare(a: Value, b: Value): string | null;
}

/** The values of an attribute that are not empty. */
export function valuesOf(record: MatchRecord, attribute: string): string[] {
  return (record.attributes[attribute] ?? []).filter((value) => value.trim() !== '');
}

/** A method that turns each value of the attribute into one comparable, or none. */
export function eachValue<Value>(
  normalise: (value: string, record: MatchRecord, context: ComparisonContext) => Value | null,
  show: (value: Value) => string,
): ComparisonMethod<Value>['prepare'] {
  return (record, attribute, context) =>
    valuesOf(record, attribute).flatMap((value) => {
      const normalised = normalise(value, record, context);
      return normalised === null ? [] : [{ value: normalised, shown: show(normalised) }];
    });
}
