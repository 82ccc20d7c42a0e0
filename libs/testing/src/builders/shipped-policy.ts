import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { creditPolicyOf, type CreditPolicy } from '@syncline/credit';

const FILE = 'credit-policy.yaml';

/** The policy that ships with the product. */
export function shippedPolicy(): CreditPolicy {
  return creditPolicyOf(shippedPolicyFile().text, FILE);
}

/** Its file. */
export function shippedPolicyFile(): { text: string; file: string } {
  return { text: readFileSync(join(__dirname, '../../../../config', FILE), 'utf8'), file: FILE };
}
