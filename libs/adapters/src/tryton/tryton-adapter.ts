import type { Adapter, AdapterCapabilities } from '@syncline/pipeline/deliver';
import { checkedConfig, Redaction } from '../kit';
import { TRYTON_CONFIG_SCHEMA, type TrytonConfig } from './tryton-config';
import { TrytonRpc } from './tryton-rpc';
import { TrytonSession } from './tryton-session';

const CAPABILITIES: AdapterCapabilities = {
  fields: {
    grade: { read: true, write: true },
    term_days: { read: true, write: true },
    limit: { read: true, write: true, scale: 6 },
    hold: { read: true, write: true, lossy: 'where new_orders and all share one category' },
    currency: { read: false, write: false },
  },
  maxBatch: 100,
  atomicity: 'item',
  concurrency: 'timestamp',
  idempotency: 'natural',
  readBack: 'read',
  dryRun: 'simulated',
  delivery: 'sync',
  defaultRatePerSecond: 20,
  echo: 'user',
};

/** Writes credit limit, payment term and categories of parties through Tryton's JSON-RPC (6.0). */
export function trytonAdapter(): Adapter {
  return {
    manifest: {
      id: 'tryton',
      version: '1',
      title: 'Tryton',
      configSchema: TRYTON_CONFIG_SCHEMA,
      capabilities: CAPABILITIES,
    },
    async open(given, context) {
      const config = checkedConfig<TrytonConfig>(TRYTON_CONFIG_SCHEMA, given, `target ${context.target}`);
      const redaction = new Redaction(context.secrets);
      const rpc = new TrytonRpc(config, { ...context, log: redaction.log(context.log) }, redaction);
      return new TrytonSession(config, rpc, CAPABILITIES);
    },
  };
}
