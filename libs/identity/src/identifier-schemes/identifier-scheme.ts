/** A kind of official number. */
export interface IdentifierScheme {
  name: string;
  /**
   * Whether a text that nobody has named can be taken for it: its form and its check digits leave little to chance.
   * Numbers of nine digits with one check digit do not, for each tenth telephone number is one.
   */
  provesItself: boolean;
  /** Whether one party may have several, as branches have: then two that differ say nothing. */
  severalPerParty: boolean;
  /** The form without separators, or null when the text (letters and digits, upper case) can't be one. */
  normalize(compact: string): string | null;
  isValid(normalized: string): boolean;
}
