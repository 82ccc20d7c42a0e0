import type { AccountRef } from './reconcile-store.port';

/** What names the account, and nothing else of a row that has more. */
export function refOf({ system, key }: AccountRef): AccountRef {
  return { system, key };
}

/** One text for one account: a key for maps, and the order in which accounts are taken. */
export function refText({ system, key }: AccountRef): string {
  return `${system}/${key}`;
}

/** Of a text that `refText` made: names of systems have no slash. */
export function refFrom(text: string): AccountRef {
  const slash = text.indexOf('/');
  return { system: text.slice(0, slash), key: text.slice(slash + 1) };
}

/** One text for two accounts in this order. */
export function pairText(a: AccountRef, b: AccountRef): string {
  return `${refText(a)}\n${refText(b)}`;
}
