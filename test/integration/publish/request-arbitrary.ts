import fc from 'fast-check';

/** As much of a JSON schema as the OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: readonly unknown[];
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  minimum?: number;
  maximum?: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema?: Schema;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export type Schemas = Readonly<Record<string, Schema>>;

/** What a request is made of. */
export interface FuzzedRequest {
  url: string;
  /** Text goes as NDJSON; undefined = no body. */
  payload: unknown;
}

/** Ids that there are, so that requests get further than "not found". */
const KNOWN = ['c1', 'c9', 'p01', 'p10', 'erp', 'crm', 'u8', 'a1', 'erp.sale/0/7', '0'];
const NASTY = [
  "'; DROP TABLE customer; --",
  '%00',
  '\u0000',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '🙂'.repeat(200),
];
const text = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

/** Requests of an operation: mostly what it asks for, with something wrong here and there. */
export function requestsOf(
  path: string,
  { parameters = [], requestBody }: Operation,
  schemas: Schemas,
): fc.Arbitrary<FuzzedRequest> {
  const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const inPath = fc.tuple(...ofPath.map(() => text));
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const inQuery = fc.record(
    Object.fromEntries(queries.map(({ name, schema }) => [name, mostly(valueOf(schema ?? {}, schemas))])),
    { requiredKeys: [] },
  );
  const stray = fc.option(fc.tuple(text, text), { freq: 9 });
  const bodies = bodyOf(requestBody, schemas);
  return fc.tuple(inPath, inQuery, stray, bodies).map(([segments, query, more, payload]) => {
    let at = 0;
    const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(segments[at++]!)));
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, asText(value)]),
    );
    if (more) search.append(wellFormed(more[0]), wellFormed(more[1]));
    return { url: search.size > 0 ? `${filled}?${search.toString()}` : filled, payload };
  });
}

function bodyOf(body: Operation['requestBody'], schemas: Schemas): fc.Arbitrary<unknown> {
  if (!body) return fc.constant(undefined);
  const json = body.content['application/json'];
  if (!json)
    return fc.oneof(
      text,
      fc.array(fc.json(), { maxLength: 5 }).map((lines) => lines.join('\n')),
    );
  return mostly(valueOf(json.schema, schemas));
}

/** One in five is anything. */
function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
}

function valueOf(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  if (schema.$ref) return valueOf(schemas[schema.$ref.split('/').at(-1)!] ?? {}, schemas);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'integer':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 500 }), fc.integer());
    case 'number':
      return fc.double();
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(mostly(valueOf(schema.items ?? {}, schemas)), { maxLength: 4 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, each]) => [name, mostly(valueOf(each, schemas))]),
        ),
        { requiredKeys: [] },
      );
    case 'string':
      return stringOf(schema.format);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function stringOf(format: string | undefined): fc.Arbitrary<string> {
  const days = fc.constantFrom('2026-11-20', '2026-02-30', '0000-01-01', '9999-12-31', '2026-11-20T08:00:00Z');
  return format === 'date' || format === 'date-time'
    ? fc.oneof(days, text)
    : fc.oneof(text, days, fc.constant('12.50'));
}

function asText(value: unknown): string {
  return wellFormed(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

/** Addresses can't hold half of a character. */
function wellFormed(value: string): string {
  return value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
}
