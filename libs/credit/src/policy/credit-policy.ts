import { settings } from '@syncline/model';
import { creditError } from '../errors';
import { checkPolicy } from './check-policy';
import { POLICY_SCHEMA, type CreditPolicy } from './policy-schema';

/** Reads and checks a policy file. The policy is null when there is any finding; findings in the file's order. */
export function parseCreditPolicy(
  text: string,
  file: string,
): { policy: CreditPolicy | null; findings: settings.SettingFinding[] } {
  const yaml = new settings.YamlFile(text, file);
  const policy = yaml.findings.length > 0 ? settings.INVALID : POLICY_SCHEMA.read(yaml.root());
  if (policy !== settings.INVALID) checkPolicy(policy, yaml.root());
  const findings = [...yaml.findings].sort((a, b) => a.line - b.line || a.column - b.column);
  return { policy: policy === settings.INVALID || findings.length > 0 ? null : policy, findings };
}

/**
 * The policy of a file, or an error that names every place to correct.
 * @throws SynclineError CREDIT_POLICY_INVALID (fatal)
 */
export function creditPolicyOf(text: string, file: string): CreditPolicy {
  const { policy, findings } = parseCreditPolicy(text, file);
  if (policy) return policy;
  const [first] = findings;
  const where = first ? `${first.file}:${first.line}:${first.column}` : file;
  throw creditError('CREDIT_POLICY_INVALID', findings.map(settings.findingText).join('\n'), where);
}
