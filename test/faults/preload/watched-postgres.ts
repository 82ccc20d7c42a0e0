import { createRequire } from 'node:module';
import type { Moments } from './moments';
import type { Point } from './control';

type Query = (this: unknown, text: unknown, ...rest: unknown[]) => unknown;

/** Commits, migrations and the emptying of outboxes on a PostgreSQL server. */
export function watchPostgres(moments: Moments): void {
  const { Client } = createRequire(__filename)('pg') as { Client: { prototype: { query: Query } } };
  const { query } = Client.prototype;
  Client.prototype.query = function (text, ...rest) {
    const point = pointOf(text);
    if (point === null) return query.call(this, text, ...rest);
    moments.at(point, 'before');
    const result = query.call(this, text, ...rest);
    if (result instanceof Promise) void result.then(() => moments.at(point, 'after')).catch(() => undefined);
    return result;
  };
}

function pointOf(text: unknown): Point | null {
  if (typeof text !== 'string') return null;
  if (text === 'COMMIT') return 'store_commit';
  if (/^DELETE FROM "?outbox"?/i.test(text)) return 'outbox_remove';
  return /^(CREATE|ALTER) /i.test(text) ? 'migration' : null;
}
