import { ERROR_CATALOGUE, type ErrorDescription } from '@syncline/composition';
import { RECORD_CATALOGUE, RECORD_KINDS } from '@syncline/model';
import { ACCESS_MATRIX, METRIC_CATALOGUE } from '@syncline/pipeline/publish';
import { CLI_ERRORS } from '../errors';
import { GENERATED, markdownTable } from './markdown';

/** docs/reference/errors.md */
export function errorsPage(): string {
  const catalogues: Record<string, Readonly<Record<string, ErrorDescription>>> = {
    ...ERROR_CATALOGUE,
    'Command line': CLI_ERRORS,
  };
  const parts = Object.entries(catalogues).map(([part, errors]) => {
    const rows = Object.entries(errors)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { kind, status, meaning, advice }]) => [
        `\`${code}\``,
        status === undefined ? kind : `${kind}, HTTP ${status}`,
        meaning,
        advice,
      ]);
    return `## ${part}\n\n${markdownTable(['code', 'kind', 'meaning', 'what to do'], rows)}`;
  });
  const kinds = [
    '- *transient*: it is tried again by itself, with pauses that grow',
    '- *poison*: this input will never succeed; it is put aside as a dead letter and the rest goes on',
    "- *fatal*: this process can't go on; it ends and its supervisor starts it again",
    "- *request*: the caller asked for something that can't be had",
  ];
  return page('Errors', [
    'Codes are stable: what is told to a person or a program carries one. The API answers with `application/problem+json`: ' +
      '`code`, `title`, `detail`, `status`, `retryable` (the same request can succeed later), `trace` (finds it in the ' +
      'logs), and where there is something to say `where` and `advice`. Its status is that of the code, else that of the ' +
      'kind: request 400, poison 422, fatal 500, transient 503.',
    kinds.join('\n'),
    ...parts,
  ]);
}

/** docs/reference/records.md */
export function recordsPage(): string {
  const kinds = RECORD_KINDS.map((kind) => {
    const { description, fields, references } = RECORD_CATALOGUE[kind];
    const rows = [
      ...Object.entries(fields).map(([name, field]) => [
        `\`${name}\``,
        field.type,
        `${field.description}${field.values ? ` One of ${field.values.join(', ')}.` : ''}${field.personal ? ' *Personal.*' : ''}`,
      ]),
      ...Object.entries(references).map(([name, { to, description: text, required }]) => [
        `\`${name}\``,
        `→ ${to}${required ? ', required' : ''}`,
        text,
      ]),
    ];
    return [`## ${kind}`, description, markdownTable(['field', 'type', 'meaning'], rows)].join('\n\n');
  });
  return page('Records', [
    'What a mapping may produce. `→` is a reference to another record of the same system.',
    ...kinds,
  ]);
}

/** docs/reference/access.md */
export function accessPage(): string {
  const rows = Object.entries(ACCESS_MATRIX).map(([endpoint, access]) => [
    `\`${endpoint}\``,
    access === 'public' ? 'everybody, without a key' : access.join(', '),
  ]);
  return page('Who may use which endpoint', [
    'An API key has one role, may have an end and can be revoked; only its SHA-256 is kept. `/docs` of a running Syncline ' +
      'describes the endpoints. An endpoint that is not in this table stops the start. Every change is in `GET /audit`.',
    'Subscribers get `***` in place of personal fields: contacts, addresses, identifiers, and golden attributes that can ' +
      'name a person. The name of a customer stays: it is what a customer is called by, and the customer topic carries it, ' +
      'too. `/metrics` and `/health` need no key: let only your monitoring reach them.',
    markdownTable(['endpoint', 'roles'], rows),
  ]);
}

/** docs/reference/metrics.md */
export function metricsPage(): string {
  const rows = Object.entries(METRIC_CATALOGUE).map(([name, meaning]) => [`<a id="${name}"></a>\`${name}\``, meaning]);
  return page('Metrics', [
    '`GET /metrics` of every process, in the Prometheus text format. All carry the label `role`.',
    markdownTable(['name', 'meaning'], rows),
  ]);
}

function page(title: string, parts: string[]): string {
  return `${[`# ${title}`, GENERATED, ...parts].join('\n\n')}\n`;
}
