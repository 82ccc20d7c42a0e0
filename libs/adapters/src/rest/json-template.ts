import type { JsonValue } from './rest-config';

/** Exact text of a number for JSON; never went through a JavaScript number. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

export type TemplateValue = string | number | boolean | null | JsonNumber;
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_.]*)\}/g;
const WHOLE = /^\{([A-Za-z_][A-Za-z0-9_.]*)\}$/;

/**
 * The JSON text of a template. A text that is one placeholder becomes the value in its own type; placeholders inside
 * a longer text become part of that text. Values are encoded as JSON and can't end a string or add a member.
 */
export function fillJson(template: JsonValue, values: TemplateValues): string {
  if (typeof template === 'string') {
    const whole = WHOLE.exec(template);
    return whole ? encode(values[whole[1]!] ?? null) : JSON.stringify(fillText(template, values));
  }
  if (Array.isArray(template)) return `[${template.map((item) => fillJson(item, values)).join(',')}]`;
  if (template === null || typeof template !== 'object') return JSON.stringify(template);
  const members = Object.entries(template).map(([key, value]) => `${JSON.stringify(key)}:${fillJson(value, values)}`);
  return `{${members.join(',')}}`;
}

/** The text with its placeholders replaced as they are: for headers, and for texts inside JSON. */
export function fillText(template: string, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (_, name: string) => plain(values[name]));
}

/**
 * The address of a template below `base`. Each value becomes one path segment or query value.
 * @throws RangeError when a value would climb out of its place (`.` and `..` can't be encoded)
 */
export function fillUrl(template: string, values: TemplateValues, base: string): URL {
  const path = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = plain(values[name]);
    if (value === '' || value === '.' || value === '..') throw new RangeError(`{${name}} can't stand in an address`);
    return encodeURIComponent(value);
  });
  return new URL(path, base);
}

/** The names of all placeholders of a template. */
export function placeholdersOf(template: JsonValue): string[] {
  if (typeof template === 'string') return [...template.matchAll(PLACEHOLDER)].map((match) => match[1]!);
  if (Array.isArray(template)) return template.flatMap(placeholdersOf);
  return template !== null && typeof template === 'object' ? Object.values(template).flatMap(placeholdersOf) : [];
}

function encode(value: TemplateValue): string {
  return value instanceof JsonNumber ? value.text : JSON.stringify(value);
}

function plain(value: TemplateValue | undefined): string {
  if (value === undefined || value === null) return '';
  return value instanceof JsonNumber ? value.text : String(value);
}
