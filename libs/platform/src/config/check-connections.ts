import { tlsFlaws } from '../tls/tls-material';
import type { ProfileFile } from './dto/profile.dto';
import type { MutualTlsSettings } from './dto/tls.dto';
import type { ConfigFinding } from './finding';
import { snakeCase } from './letter-case';
import type { YamlFile } from './yaml-file';

/** What is wrong with the certificates, keys and logins of a profile's connections. */
export function connectionFindings(profile: ProfileFile, yaml: YamlFile, directory: string): ConfigFinding[] {
  const { store, eventLog, jobQueue } = profile;
  return [
    ...(store.kind === 'sqlite' ? [] : tlsFindings('store', store.tls, yaml, directory)),
    ...(eventLog.kind === 'embedded' ? [] : tlsFindings('event_log', eventLog.tls, yaml, directory)),
    ...(jobQueue.kind === 'embedded' ? [] : tlsFindings('job_queue', jobQueue.tls, yaml, directory)),
    ...(jobQueue.kind === 'bullmq' && jobQueue.username !== undefined && jobQueue.password === undefined
      ? [yaml.finding(['job_queue', 'username'], 'has no password beside it', { expected: 'both or none' })]
      : []),
  ];
}

function tlsFindings(
  part: string,
  settings: MutualTlsSettings | undefined,
  yaml: YamlFile,
  directory: string,
): ConfigFinding[] {
  if (!settings) return [];
  return tlsFlaws(settings, directory).map(({ field, message, expected }) =>
    yaml.finding([part, 'tls', snakeCase(field)], message, { expected }),
  );
}
