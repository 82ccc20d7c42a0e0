import {
  compileMapping,
  formatFinding,
  lintMapping,
  parseMapping,
  testMapping,
  type Finding,
  type MappedSystem,
} from '@syncline/mapping';
import { SynclineError } from '@syncline/model';
import { decodeMessage } from '../decode';
import { parseEventLine } from '../event-line';

/** What a command prints, and how it ends: 0 = good, 1 = something is wrong. */
export interface CommandResult {
  text: string;
  exitCode: 0 | 1;
}

/** A file as the command line read it. */
export interface CommandFile {
  name: string;
  text: string;
}

/** `syncline mapping lint`: all findings of all files; warnings alone are no failure. */
export function lintMappingFiles(files: readonly CommandFile[]): CommandResult {
  const findings = files.flatMap(lintFile);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const last = `${files.length} ${plural(files.length, 'mapping')}, ${errors} ${plural(errors, 'error')}, ${findings.length - errors} ${plural(findings.length - errors, 'warning')}`;
  return { text: [...findings.map(formatFinding), last].join('\n'), exitCode: errors > 0 ? 1 : 0 };
}

function lintFile({ name, text }: CommandFile): Finding[] {
  const { mapping, findings } = parseMapping(text, name);
  return mapping ? [...findings, ...lintMapping(mapping)] : findings;
}

/** `syncline mapping test`: the tests that lie beside mappings. */
export function testMappingFiles(pairs: readonly { mapping: CommandFile; test: CommandFile }[]): CommandResult {
  const lines: string[] = [];
  let [passed, failed] = [0, 0];
  for (const { mapping, test } of pairs) {
    const result = testMapping(
      { text: mapping.text, file: mapping.name },
      { text: test.text, file: test.name },
      decodeMessage,
    );
    lines.push(...result.findings.map(formatFinding));
    passed += result.passed;
    failed += result.failed + (result.passed + result.failed === 0 ? 1 : 0);
  }
  return {
    text: [...lines, `${passed} ${plural(passed, 'test')} passed, ${failed} failed`].join('\n'),
    exitCode: failed > 0 ? 1 : 0,
  };
}

export interface RunOptions {
  system: MappedSystem & { topicPrefix: string };
  /** Records are printed; otherwise their number of each kind alone. */
  show: boolean;
}

/** `syncline mapping run`: what a mapping makes of lines `{"topic","key","value"}`. Nothing is stored. */
export function runMappingOnLines(
  file: CommandFile,
  lines: Iterable<Buffer>,
  { system, show }: RunOptions,
): CommandResult {
  const lint = lintMappingFiles([file]);
  const { mapping } = parseMapping(file.text, file.name);
  if (!mapping || lint.exitCode === 1) return lint;
  const compiled = compileMapping(mapping, system);
  const counts = new Map<string, number>();
  const out: string[] = [];
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1);
  let line = 0;
  let failures = 0;
  for (const bytes of lines) {
    line += 1;
    try {
      const event = parseEventLine(bytes);
      const change = decodeMessage({ ...event, partition: 0, offset: line - 1 }, system.topicPrefix);
      const coverage = compiled.covers(change.source, change.eventType);
      if (coverage !== 'mapped') count(`(${coverage})`);
      for (const record of compiled.run(change)) {
        count(record.deleted ? `${record.kind} (deleted)` : record.kind);
        if (show) out.push(JSON.stringify(record));
      }
    } catch (error) {
      if (!(error instanceof SynclineError)) throw error;
      failures += 1;
      out.push(`line ${line}: ${error.code} ${error.message}${error.advice ? ` (${error.advice})` : ''}`);
    }
  }
  const kinds = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, n]) => `${String(n).padStart(8)}  ${what}`);
  return {
    text: [...out, ...kinds, `${line} ${plural(line, 'event')}, ${failures} failed`].join('\n'),
    exitCode: failures > 0 ? 1 : 0,
  };
}

function plural(n: number, word: string): string {
  return n === 1 ? word : `${word}s`;
}
