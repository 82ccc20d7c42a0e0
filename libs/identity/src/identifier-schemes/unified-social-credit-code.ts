/**
 * 统一社会信用代码, the 18-character identifier of Chinese organisations (GB 32100-2015). Own code and not
 * stdnum's (1.12), which refuses codes whose check character is `0`.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;
const BASE = ALPHABET.length;

/** Whether `code` (upper case, no separators) has the length, the alphabet and the check character of the standard. */
export function isUnifiedSocialCreditCode(code: string): boolean {
  return code.length === LENGTH && checkCharacter(code) === code[LENGTH - 1];
}

/** Σ value × 3^position mod 31, taken from 31: the last character of the standard's section 4. */
function checkCharacter(code: string): string | undefined {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < LENGTH - 1; i++) {
    const value = ALPHABET.indexOf(code[i]!);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % BASE;
  }
  return ALPHABET[(BASE - (sum % BASE)) % BASE];
}
