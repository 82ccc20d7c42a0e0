/** Whether `code` is a Global Location Number: 13 digits, the last one the check digit of GS1 (weights 1 and 3). */
export function isGlobalLocationNumber(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false;
  const sum = [...code].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
