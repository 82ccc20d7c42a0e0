import type { Adapter, AdapterCapabilities } from '@syncline/pipeline/deliver';
import { checkedConfig, checkHost, configError, CreditMapping, Redaction } from '../kit';
import { placeholdersOf } from './json-template';
import { RestClient } from './rest-client';
import { REST_CONFIG_SCHEMA, type RequestConfig, type RestConfig } from './rest-config';
import { RestSession } from './rest-session';

const CAPABILITIES: AdapterCapabilities = {
  fields: {
    grade: { read: true, write: true },
    term_days: { read: true, write: true },
    limit: { read: true, write: true, scale: 20, lossy: 'beyond the configured scale: refused, or rounded down' },
    hold: { read: true, write: true, lossy: 'where two holds share one value' },
    currency: { read: false, write: false },
  },
  maxBatch: 100,
  atomicity: 'item',
  concurrency: 'etag',
  idempotency: 'header',
  readBack: 'read',
  dryRun: 'simulated',
  delivery: 'sync',
  defaultRatePerSecond: 10,
  echo: 'column',
};

/** Writes through requests that the configuration gives: any JSON API that can be read back. */
export function restAdapter(): Adapter {
  return {
    manifest: {
      id: 'rest',
      version: '1',
      title: 'REST API with JSON',
      configSchema: REST_CONFIG_SCHEMA,
      capabilities: CAPABILITIES,
    },
    async open(given, context) {
      const where = `target ${context.target}`;
      const config = checkedConfig<RestConfig>(REST_CONFIG_SCHEMA, given, where);
      const mapping = new CreditMapping(config.credit);
      checkHost(new URL(config.base_url), config.allowed_hosts, where);
      checkPlaceholders(config, mapping, where);
      const unread = mapping.names.find((name) => config.read.fields[name] === undefined);
      if (unread !== undefined) {
        throw configError('TARGET_CONFIG_INVALID', `config.read.fields lacks ${unread}, which credit names`, where);
      }
      const redaction = new Redaction(context.secrets);
      const client = new RestClient(config, { ...context, log: redaction.log(context.log) }, redaction);
      return new RestSession(config, mapping, client, {
        ...CAPABILITIES,
        concurrency: config.read.version ? 'etag' : 'compare_and_set',
        echo: config.echo ? 'column' : 'none',
      });
    },
  };
}

/** Every placeholder must be one that is filled: a misspelled one is found at the start. */
function checkPlaceholders(config: RestConfig, mapping: CreditMapping, where: string): void {
  const write = ['id', 'account_key', 'account_code', 'version', 'rating_version', 'idempotency_key', ...mapping.names];
  const places: [string, RequestConfig | undefined, string[]][] = [
    ['login', config.login?.request, []],
    ['company', config.company?.request, []],
    ['find', config.find?.request, ['account']],
    ['read', config.read.request, ['id']],
    ['write', config.write.request, write],
  ];
  for (const [place, request, known] of places) {
    if (!request) continue;
    const used = placeholdersOf([request.url, ...Object.values(request.headers), request.body ?? null]);
    // `${env:NAME}` looks like a placeholder only without its colon, so it is never taken for one.
    const unknown = used.find((name) => !known.includes(name));
    if (unknown === undefined) continue;
    const message = `config.${place}.request uses {${unknown}}; there are ${known.join(', ') || 'none'}`;
    throw configError('TARGET_CONFIG_INVALID', message, where);
  }
}
