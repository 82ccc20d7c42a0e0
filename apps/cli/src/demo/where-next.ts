import type { CustomerDetail } from './installation-state';

/** Where to look next: lines that work as they are pasted. */
export function whereNextText(url: string, key: string, keyFile: string, customers: readonly CustomerDetail[]): string {
  const [example] = [...customers].sort((a, b) => b.accounts.length - a.accounts.length || (a.id < b.id ? -1 : 1));
  const curl = (path: string): string => `  curl -s -H "Authorization: Bearer $(cat ${keyFile})" '${url}${path}'`;
  const id = example?.id ?? '';
  return [
    `The API is at ${url}, described at ${url}/docs (OpenAPI: ${url}/openapi.json).`,
    `API key (administrator): ${key}`,
    '',
    curl('/customers?sort=open_total&direction=desc&limit=5'),
    curl(`/customers/${id}`),
    curl(`/customers/${id}/explain?path=receivables.open_total`),
  ].join('\n');
}
