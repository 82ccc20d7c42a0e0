import { EVENT_CATALOGUE, type EventDescription, type JsonSchema, type TopicDescription } from '@syncline/contracts';
import { GENERATED, markdownTable } from './markdown';

/** docs/reference/events.md */
export function eventsPage(): string {
  const parts = [
    '# Published events',
    GENERATED,
    'What Syncline publishes is a CloudEvent 1.0 in Kafka binary mode: attributes in the headers `ce_specversion`, ' +
      '`ce_id`, `ce_source`, `ce_type`, `ce_time`, `ce_subject`, `ce_sequence`, the data as JSON in the value, ' +
      '`content-type: application/json`. The same document for machines: [asyncapi.yaml](asyncapi.yaml).',
    [
      '- The message key is the subject: events of one subject keep their order.',
      '- `ce_sequence` is the version of the subject, zero-padded to 20 digits. Drop an event whose sequence is not above the last one you took.',
      '- Events can come more than once. Duplicates share `ce_source` and `ce_id`.',
      '- Ignore members that you do not know, and treat a value outside an enumeration as unknown: later versions may add some. What would break a reader gets a new type and topic.',
      '- Amounts are exact decimals as text.',
    ].join('\n'),
    ...EVENT_CATALOGUE.map(topicSection),
  ];
  return `${parts.join('\n\n')}\n`;
}

function topicSection(topic: TopicDescription): string {
  const head = `## ${topic.topic}\n\n${topic.description} Key: ${topic.key}.`;
  const records = '\n\nFields and references of each kind: [records.md](records.md).';
  return [head + (topic.cloudEvents ? '' : records), ...eventSections(topic)].join('\n\n');
}

/** Events of one topic that have the same data are told together. */
function eventSections(topic: TopicDescription): string[] {
  const groups = new Map<JsonSchema['properties'], EventDescription[]>();
  for (const event of topic.events) {
    groups.set(event.schema.properties, [...(groups.get(event.schema.properties) ?? []), event]);
  }
  return [...groups.values()].map((events) => {
    const heads = events.map(({ type, description }) => `- \`${type}\`: ${description}`).join('\n');
    return `${heads}\n\n${markdownTable(['member', 'type', 'meaning'], members(events[0].schema, ''))}`;
  });
}

function members(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const own = [`\`${path}\``, typeText(member), meaning(member)];
    if (member.properties) return [own, ...members(member, `${path}.`)];
    if (member.items?.properties) return [own, ...members(member.items, `${path}[].`)];
    const values = typeof member.additionalProperties === 'object' ? member.additionalProperties : undefined;
    return values?.properties ? [own, ...members(values, `${path}.<name>.`)] : [own];
  });
}

function typeText({ type, format }: JsonSchema): string {
  const name = typeof type === 'string' ? type : (type ?? ['any']).join(' or ');
  return format ? `${name} (${format})` : name;
}

function meaning(schema: JsonSchema): string {
  const values = schema['x-extensible-enum'];
  return [schema.description ?? '', values ? `One of ${values.map((value) => `\`${value}\``).join(', ')}.` : '']
    .filter(Boolean)
    .join(' ');
}
