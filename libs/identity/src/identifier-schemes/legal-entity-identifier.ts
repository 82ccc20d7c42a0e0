/** LEI: 18 letters or digits, then two check digits. */
const SHAPE = /^[0-9A-Z]{18}\d{2}$/;

/** Whether `code` is a Legal Entity Identifier (ISO 17442): check digits by ISO 7064, MOD 97-10, letters as 10 to 35. */
export function isLegalEntityIdentifier(code: string): boolean {
  if (!SHAPE.test(code)) return false;
  let remainder = 0;
  for (const character of code) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
