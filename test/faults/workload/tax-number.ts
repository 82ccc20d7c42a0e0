const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The n-th valid unified social credit code (GB 32100-2015); the last character checks the others. */
export function taxNumber(n: number): string {
  const body = `91310115MA1H${String(n).padStart(5, '0')}`;
  const sum = [...body].reduce((total, character, at) => total + ALPHABET.indexOf(character) * power(at), 0);
  return body + ALPHABET[(31 - (sum % 31)) % 31]!;
}

function power(exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = (result * 3) % 31;
  return result;
}
