import { parseCreditPolicy } from '@syncline/credit';
import { parseMatching } from '@syncline/identity';
import { lintMapping, parseMapping, type Finding } from '@syncline/mapping';
import { targetDescription } from '@syncline/pipeline/deliver';
import {
  loadConfig,
  type ConfigChecks,
  type ConfigFinding,
  type ConfigText,
  type LoadOptions,
  type SynclineConfig,
} from '@syncline/platform';

/** What the mapping and credit libraries and the delivery host say about files that are theirs. */
export const CONFIG_CHECKS: ConfigChecks = {
  mapping: (file) =>
    mappingFindings(file)
      .filter(({ severity }) => severity === 'error')
      .map(asConfigFinding),
  policy: policyFindings,
  matching: matchingFindings,
  target: (content, file) => void targetDescription(content, file),
};

/**
 * The configuration of an installation, with mappings, policy and targets checked by those who read them.
 * @throws ConfigInvalidError with all findings
 */
export function loadInstallation(directory: string, options: Omit<LoadOptions, 'checks'> = {}): SynclineConfig {
  return loadConfig(directory, { ...options, checks: CONFIG_CHECKS });
}

/** Everything odd or wrong in a mapping, warnings too. */
export function mappingFindings({ text, file }: ConfigText): Finding[] {
  const { mapping, findings } = parseMapping(text, file);
  return mapping ? [...findings, ...lintMapping(mapping)] : findings;
}

/** Everything wrong in the credit policy. */
export function policyFindings({ text, file }: ConfigText): ConfigFinding[] {
  return parseCreditPolicy(text, file).findings.map(({ path, ...rest }) => ({ ...rest, field: path }));
}

/** Everything wrong in the matching configuration. */
export function matchingFindings({ text, file }: ConfigText): ConfigFinding[] {
  return parseMatching(text, file).findings.map(({ path, ...rest }) => ({ ...rest, field: path }));
}

function asConfigFinding({ file, line, col, message, suggestion }: Finding): ConfigFinding {
  return { file, line, column: col, field: '', message, ...(suggestion ? { suggestion } : {}) };
}
