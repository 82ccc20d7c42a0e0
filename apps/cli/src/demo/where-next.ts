import type { CustomerDetail } from './installation-state';

/** Where to look next: lines that work as they are pasted. */
export function whereNextText(url: string, key: string, keyFile: string, customers: readonly CustomerDetail[]): string {
  const owed = ({ receivables }: CustomerDetail): number => Number(receivables[0]?.open_total ?? '0');
  const united = customers.filter(({ accounts }) => accounts.length > 1);
  const [example] = [...(united.length > 0 ? united : customers)].sort((a, b) => owed(b) - owed(a));
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
