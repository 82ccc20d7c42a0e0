/** A day as YYYYMMDD: from `2001-02-03`, `20010203`, `03.02.2001` or `03/02/2001` (day first); null = none of these. */
export function day(text: string): string | null {
  const compact = text.trim();
  if (/^\d{8}$/.test(compact)) return compact;
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})/.exec(compact);
  if (iso) return iso[1]! + iso[2]!.padStart(2, '0') + iso[3]!.padStart(2, '0');
  const european = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(compact);
  return european ? european[3]! + european[2]!.padStart(2, '0') + european[1]!.padStart(2, '0') : null;
}
