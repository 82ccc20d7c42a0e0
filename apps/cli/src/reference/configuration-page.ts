import {
  BatchSettings,
  BullmqQueueSettings,
  CrossReference,
  EmbeddedLogSettings,
  EmbeddedQueueSettings,
  HttpLimitSettings,
  HttpSettings,
  IdentityFile,
  KafkaLogSettings,
  MssqlStoreSettings,
  MutualTlsSettings,
  PostgresStoreSettings,
  ProfileFile,
  RateSettings,
  SaslSettings,
  settingsOf,
  ShutdownSettings,
  snakeCase,
  SqliteStoreSettings,
  SurvivorshipFile,
  SurvivorshipRuleSettings,
  SynclineFile,
  SystemFile,
  SystemTopics,
  ThreadSettings,
  TlsSettings,
} from '@syncline/platform';
import { GENERATED, markdownTable } from './markdown';

type Settings = Parameters<typeof settingsOf>[0];

const SECTIONS: [title: string, text: string, type: Settings][] = [
  ['syncline.yaml', 'What this installation decides.', SynclineFile],
  [
    'profiles/&lt;profile&gt;.yaml',
    'Where things are. `profile` in syncline.yaml or `--profile` names the file.',
    ProfileFile,
  ],
  ['`store` with `kind: sqlite`', 'One machine, one process.', SqliteStoreSettings],
  ['`store` with `kind: postgres`', '', PostgresStoreSettings],
  ['`store` with `kind: mssql`', '', MssqlStoreSettings],
  ['`event_log` with `kind: embedded`', 'Needs `store.kind: sqlite`.', EmbeddedLogSettings],
  ['`event_log` with `kind: kafka`', '', KafkaLogSettings],
  ['`event_log.sasl`', '', SaslSettings],
  [
    '`tls` of `event_log`, of `job_queue` with `kind: bullmq`, of `store` with `kind: postgres`',
    '`true` is a section without fields. Files are read at the start. See [secure connections](../how-to/operators/secure-connections.md).',
    MutualTlsSettings,
  ],
  ['`tls` of `store` with `kind: mssql`', '', TlsSettings],
  ['`job_queue` with `kind: embedded`', 'Needs `store.kind: sqlite`.', EmbeddedQueueSettings],
  ['`job_queue` with `kind: bullmq`', '', BullmqQueueSettings],
  ['`http`', '', HttpSettings],
  ['`http.limits`', 'They hold for each process that serves the API.', HttpLimitSettings],
  ['`batch`', '', BatchSettings],
  ['`rate`', '', RateSettings],
  ['`threads`', '', ThreadSettings],
  ['`shutdown`', '', ShutdownSettings],
  ['systems/*.yaml', 'One file for each system whose changes come in.', SystemFile],
  ['`topics`', '', SystemTopics],
  [
    'identity.yaml',
    "Which accounts are one customer, beyond equal official identifiers and the systems' own merges.",
    IdentityFile,
  ],
  ['`cross_references[]`', '', CrossReference],
  ['survivorship.yaml', 'Whose word counts when the accounts of a customer disagree.', SurvivorshipFile],
  ['A rule', '', SurvivorshipRuleSettings],
];

const HEAD = `# Configuration

${GENERATED}

All configuration lies in one folder (\`config\`, or what \`--config\` names), as YAML in snake_case with units in the
names. It is read once, at the start. Whatever is wrong is shown at once, each finding with file, line, column, field
and what is expected; the process then does not start (exit code 2). \`syncline doctor\` checks without starting.

A value can be a reference: \`'\${env:NAME}'\` is the environment variable, \`'\${file:path}'\` the content of a file
(relative to the folder of the configuration). A reference is always the whole value. Fields marked *secret* stay
references until they are used, and are shown as references everywhere.

Other files of the folder have pages of their own: mappings in [mapping-language.md](mapping-language.md), the
credit policy in [credit-policy.md](credit-policy.md), targets in [adapters.md](adapters.md).
`;

/** docs/reference/configuration.md */
export function configurationPage(): string {
  const sections = SECTIONS.map(([title, text, type]) => {
    const level = title.includes('.yaml') ? '##' : '###';
    const rows = [...settingsOf(type)].map(([name, { meaning, expected, default: fallback, secret }]) => [
      `\`${snakeCase(name)}\`${secret ? ' (secret)' : ''}`,
      expected,
      fallback === undefined ? 'required' : fallback.includes(' ') ? fallback : `\`${fallback}\``,
      meaning,
    ]);
    return [
      `${level} ${title}`,
      ...(text ? [text] : []),
      markdownTable(['field', 'expected', 'default', 'meaning'], rows),
    ].join('\n\n');
  });
  return `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`;
}
