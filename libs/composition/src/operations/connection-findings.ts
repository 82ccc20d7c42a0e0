import type { CheckFinding } from '@syncline/pipeline/deliver';
import { validUntil, type MutualTlsSettings, type SynclineConfig } from '@syncline/platform';

const DAY_MS = 86_400_000;
/** Time enough to have a new certificate made. */
const SOON_DAYS = 14;

/** Says of each server how its connection is secured, and whether what is trusted is about to end. */
export function connectionFindings(config: SynclineConfig, now = Date.now()): CheckFinding[] {
  const { store, eventLog, jobQueue } = config.profile;
  const finding = (name: string, tls: MutualTlsSettings | undefined, more = ''): CheckFinding =>
    tls ? encrypted(`${name} connection`, tls, config.directory, more, now) : plain(`${name} connection`, name, more);
  return [
    ...(store.kind === 'sqlite' ? [] : [finding('store', store.tls)]),
    ...(eventLog.kind === 'embedded'
      ? []
      : [
          finding(
            'event_log',
            eventLog.tls,
            eventLog.sasl ? `, login by ${eventLog.sasl.mechanism}` : ', without login',
          ),
        ]),
    ...(jobQueue.kind === 'embedded' ? [] : [finding('job_queue', jobQueue.tls)]),
  ];
}

/** Nothing wrong in a network of its own, and no news to whoever chose it. */
function plain(name: string, part: string, more: string): CheckFinding {
  const url = part === 'event_log' ? '' : `, unless ${part}.url says so`;
  return { name, ok: true, message: `not encrypted (no ${part}.tls)${url}${more}` };
}

function encrypted(name: string, tls: MutualTlsSettings, directory: string, more: string, now: number): CheckFinding {
  const until = validUntil(tls, directory);
  const trusted = tls.caFile === undefined ? 'trusts what Node.js trusts' : `trusts ${tls.caFile}`;
  const message = `TLS, ${trusted}${until === null ? '' : `, until ${until}`}${more}`;
  if (until === null || Date.parse(until) - now > SOON_DAYS * DAY_MS) return { name, ok: true, message };
  return {
    name,
    ok: false,
    message,
    advice: `Put the new certificate beside the old one in ${tls.caFile} and restart.`,
  };
}
