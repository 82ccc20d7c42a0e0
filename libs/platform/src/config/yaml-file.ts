import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { isReference, resolveReference, type SecretPlaces } from '../secrets/secret-ref';
import type { ConfigFinding } from './finding';

export type FieldPath = readonly (string | number)[];

/** A parsed YAML file that still knows where everything stands. */
export class YamlFile {
  private readonly document: Document;
  private readonly lines = new LineCounter();

  constructor(
    /** Relative to the folder of the configuration. */
    readonly file: string,
    readonly text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
  }

  /** What makes it no YAML at all, and references that are only a part of a text or a key. */
  findings(): ConfigFinding[] {
    const syntax = this.document.errors.map((error) =>
      this.findingAt(error.pos[0], '', `is not valid YAML: ${error.message}`),
    );
    return syntax.length > 0 ? syntax : this.misplacedReferences();
  }

  /** The content as plain values; null for an empty file. */
  content(): unknown {
    return this.document.toJS() as unknown;
  }

  /** The content with `${env:…}` and `${file:…}` replaced, read as if the value stood there, except where `keep` says so. */
  resolved(places: SecretPlaces, keep: (path: FieldPath) => boolean): { content: unknown; findings: ConfigFinding[] } {
    const findings: ConfigFinding[] = [];
    const resolve = (value: unknown, path: FieldPath): unknown => {
      if (Array.isArray(value)) return value.map((each, index) => resolve(each, [...path, index]));
      if (value !== null && typeof value === 'object') {
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, [...path, key])]));
      }
      if (typeof value !== 'string' || !isReference(value) || keep(path)) return value;
      try {
        return parseDocument(resolveReference(value, places)).toJS() as unknown;
      } catch (error) {
        findings.push(this.finding(path, error instanceof Error ? error.message : 'leads nowhere'));
        return undefined;
      }
    };
    return { content: resolve(this.content(), []), findings };
  }

  /** A finding at a field; at the nearest enclosing one where the field itself is not in the file. */
  finding(path: FieldPath, message: string, more: Partial<ConfigFinding> = {}): ConfigFinding {
    return { ...this.findingAt(this.offsetOf(path), path.join('.'), message), ...more };
  }

  private offsetOf(path: FieldPath): number {
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? this.document.contents : this.document.getIn(path.slice(0, length - 1), true);
      const name = path[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
        if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
      }
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }

  private misplacedReferences(): ConfigFinding[] {
    const findings: ConfigFinding[] = [];
    visit(this.document, {
      Scalar: (key, node, ancestors) => {
        if (typeof node.value !== 'string' || !/\$\{(env|file):/.test(node.value)) return;
        const isKey = key === 'key' && isPair(ancestors[ancestors.length - 1]);
        if (isKey || !isReference(node.value)) {
          const message = isKey ? 'a reference can stand only as a value' : 'a reference has to be the whole value';
          findings.push({
            ...this.findingAt(node.range?.[0] ?? 0, '', message),
            expected: "'${env:NAME}' or '${file:path}'",
          });
        }
      },
    });
    return findings;
  }

  private findingAt(offset: number, field: string, message: string): ConfigFinding {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col), field, message };
  }
}
