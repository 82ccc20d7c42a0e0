import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { SettingFinding } from './setting-finding';

/** A parsed YAML file that remembers where everything stands and collects what is wrong with it. */
export class YamlFile {
  readonly findings: SettingFinding[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, uniqueKeys: true });
    for (const error of this.document.errors) this.report(error.pos[0], '', error.message);
  }

  root(): YamlCursor {
    return new YamlCursor(this, (this.document.contents as Node | null) ?? null, '', 0);
  }

  report(offset: number, path: string, message: string, suggestion?: string): void {
    const { line, col } = this.lines.linePos(offset);
    const finding: SettingFinding = {
      file: this.file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      path,
      message,
    };
    this.findings.push(suggestion === undefined ? finding : { ...finding, suggestion });
  }
}

/** A place in the file. */
export class YamlCursor {
  constructor(
    private readonly source: YamlFile,
    private readonly node: Node | null,
    readonly path: string,
    private readonly parentOffset: number,
  ) {}

  get offset(): number {
    return this.node?.range?.[0] ?? this.parentOffset;
  }

  report(message: string, suggestion?: string): void {
    this.source.report(this.offset, this.path, message, suggestion);
  }

  /** The scalar's value and how it is written; undefined for a list or map. */
  scalar(): { value: unknown; written: string } | undefined {
    if (this.node === null) return { value: null, written: '' };
    if (!isScalar(this.node)) return undefined;
    return { value: this.node.value, written: this.node.source ?? String(this.node.value) };
  }

  /** Entries of a map in the order of the file; undefined for anything else. */
  entries(): { key: string; at: YamlCursor; keyAt: YamlCursor }[] | undefined {
    if (!isMap(this.node)) return undefined;
    return this.node.items.map((pair) => {
      const keyNode = pair.key as Node;
      const key = isScalar(keyNode) ? String(keyNode.value) : String(keyNode);
      const path = this.path ? `${this.path}.${key}` : key;
      const keyAt = new YamlCursor(this.source, keyNode, path, this.offset);
      return { key, at: new YamlCursor(this.source, (pair.value as Node | null) ?? null, path, keyAt.offset), keyAt };
    });
  }

  /** Elements of a list; undefined for anything else. */
  elements(): YamlCursor[] | undefined {
    if (!isSeq(this.node)) return undefined;
    return this.node.items.map(
      (item, index) => new YamlCursor(this.source, item as Node, `${this.path}[${index}]`, this.offset),
    );
  }

  /** The cursor of a field below, for findings that concern several fields; itself when there is none. */
  at(...steps: (string | number)[]): YamlCursor {
    const [step, ...rest] = steps;
    if (step === undefined) return this;
    const next =
      typeof step === 'number' ? this.elements()?.[step] : this.entries()?.find(({ key }) => key === step)?.at;
    return next ? next.at(...rest) : this;
  }
}
