/** The file under config/targets/ that leads to the recording target; short times, so that faults cost no minutes. */
export function targetFile(system: string, url: string): string {
  const { host } = new URL(url);
  return `
name: ${system}-credit
title: Credit of ${system}
system: ${system}
adapter: rest
rate_per_second: 500
batch_size: 20
timeout_ms: 500
lease_ms: 2000
retry: {max_attempts: 500, initial_ms: 20, max_ms: 400}
breaker: {failures: 5, half_open_after_ms: 300}
config:
  base_url: ${url}
  allowed_hosts: ['${host}']
  match_by: key
  read:
    request: {url: '${system}/{id}'}
    fields: {grade: /grade, days: /days, limit: /limit, blocked: /blocked}
    version: {header: etag}
  write:
    request:
      method: PUT
      url: '${system}/{id}'
      headers: {If-Match: '{version}', Idempotency-Key: '{idempotency_key}'}
      body: {grade: '{grade}', days: '{days}', limit: '{limit}', blocked: '{blocked}', rating_version: '{rating_version}'}
  amounts: text
  credit:
    currency: CNY
    grade: {name: grade}
    term_days: {name: days}
    limit: {name: limit, scale: 2, unlimited: 'null'}
    hold: {name: blocked, values: {none: 'no', new_orders: 'orders', all: 'all'}}
`;
}
