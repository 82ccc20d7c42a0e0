import { settings } from '@syncline/model';
import { identityError } from '../errors';
import { checkMatching } from './check-matching';
import { MATCHING_SCHEMA, type MatchingConfiguration } from './matching-schema';

/** Reads and checks config/matching.yaml. The configuration is null when there is any finding; in the file's order. */
export function parseMatching(
  text: string,
  file: string,
): { configuration: MatchingConfiguration | null; findings: settings.SettingFinding[] } {
  const yaml = new settings.YamlFile(text, file);
  const read = yaml.findings.length > 0 ? settings.INVALID : MATCHING_SCHEMA.read(yaml.root());
  if (read !== settings.INVALID) checkMatching(read, yaml.root());
  const findings = [...yaml.findings].sort((a, b) => a.line - b.line || a.column - b.column);
  return { configuration: read === settings.INVALID || findings.length > 0 ? null : read, findings };
}

/**
 * The configuration of a file, or an error that names every place to correct.
 * @throws SynclineError MATCHING_CONFIGURATION_INVALID (fatal)
 */
export function matchingOf(text: string, file: string): MatchingConfiguration {
  const { configuration, findings } = parseMatching(text, file);
  if (configuration) return configuration;
  const [first] = findings;
  const where = first ? `${first.file}:${first.line}:${first.column}` : file;
  throw identityError('MATCHING_CONFIGURATION_INVALID', findings.map(settings.findingText).join('\n'), where);
}
