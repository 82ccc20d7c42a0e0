import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { FieldValue } from '@syncline/model';
import { didYouMean, type Finding, type Position } from '../finding';
import type { MappingErrorCode } from '../errors';

/** A YAML value with its place. */
export interface YamlValue {
  node: Node | null;
  at: Position;
}

export type YamlMap = Map<string, YamlValue & { keyAt: Position }>;

const MAX_ALIASES = 100;

/** Reads YAML with places, collecting findings instead of throwing. */
export class YamlReader {
  readonly findings: Finding[] = [];
  private readonly lines = new LineCounter();
  readonly root: YamlValue;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    const document = parseDocument(text, {
      lineCounter: this.lines,
      uniqueKeys: true,
      maxAliasCount: MAX_ALIASES,
    } as object);
    for (const error of document.errors) {
      const { line, col } = this.lines.linePos(error.pos[0]);
      this.report(
        { line: Math.max(line, 1), col: Math.max(col, 1) },
        'MAPPING_SYNTAX',
        error.message.split('\n')[0] ?? 'no valid YAML',
      );
    }
    this.root = { node: document.contents as Node | null, at: { line: 1, col: 1 } };
  }

  report(
    at: Position,
    code: MappingErrorCode,
    message: string,
    suggestion?: string,
    severity: Finding['severity'] = 'error',
  ): void {
    this.findings.push({
      file: this.file,
      line: at.line,
      col: at.col,
      severity,
      code,
      message,
      ...(suggestion ? { suggestion } : {}),
    });
  }

  /** The entries of a map; a finding when it is none. Undefined keys of `allowed` are findings. */
  map(value: YamlValue, what: string, allowed?: readonly string[]): YamlMap | undefined {
    if (!isMap(value.node)) return this.wrong(value, `${what} must be a map of names`);
    const entries: YamlMap = new Map();
    for (const pair of value.node.items) {
      const keyNode = pair.key as Node;
      const keyAt = this.place(keyNode);
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      if (allowed && !allowed.includes(key))
        this.report(
          keyAt,
          'MAPPING_SETTING_UNKNOWN',
          `${what} has no setting "${key}"`,
          didYouMean(key, allowed) ?? `it has ${allowed.join(', ')}`,
        );
      else
        entries.set(key, {
          node: pair.value as Node | null,
          at: pair.value ? this.place(pair.value as Node) : keyAt,
          keyAt,
        });
    }
    return entries;
  }

  list(value: YamlValue, what: string): YamlValue[] | undefined {
    if (!isSeq(value.node)) return this.wrong(value, `${what} must be a list`);
    return value.node.items.map((item) => ({ node: item as Node, at: this.place(item as Node) }));
  }

  /** A text; numbers and truth values count as what they print. */
  text(value: YamlValue, what: string): string | undefined {
    const scalar = this.scalar(value);
    if (scalar === undefined || scalar === null || scalar === '') return this.wrong(value, `${what} must be a text`);
    return String(scalar);
  }

  /** One of a few words. */
  word<T extends string>(value: YamlValue, what: string, allowed: readonly T[]): T | undefined {
    const word = this.scalar(value);
    const text = word === null ? 'null' : String(word);
    const found = allowed.find((candidate) => candidate === text);
    if (found === undefined)
      this.report(
        value.at,
        'MAPPING_SETTING_WRONG',
        `${what} must be one of ${allowed.join(', ')}`,
        didYouMean(text, allowed),
      );
    return found;
  }

  /** A text, number, truth value or null; a finding for anything else. */
  value(value: YamlValue, what: string): FieldValue | undefined {
    const scalar = this.scalar(value);
    return scalar === undefined ? this.wrong(value, `${what} must be a text, number, true, false or null`) : scalar;
  }

  isMap(value: YamlValue): boolean {
    return isMap(value.node);
  }

  /** The plain data of a value (for test files). */
  data(value: YamlValue): unknown {
    return value.node === null ? null : (value.node.toJSON() as unknown);
  }

  private scalar(value: YamlValue): FieldValue | undefined {
    if (value.node === null) return null;
    if (!isScalar(value.node)) return undefined;
    const scalar: unknown = value.node.value;
    return typeof scalar === 'string' || typeof scalar === 'number' || typeof scalar === 'boolean' || scalar === null
      ? scalar
      : undefined;
  }

  private wrong(value: YamlValue, message: string): undefined {
    const alias = isAlias(value.node) ? ' (YAML aliases are not read)' : '';
    this.report(value.at, 'MAPPING_SETTING_WRONG', message + alias);
    return undefined;
  }

  private place(node: Node): Position {
    const { line, col } = this.lines.linePos(node.range?.[0] ?? 0);
    return { line: Math.max(line, 1), col: Math.max(col, 1) };
  }
}
