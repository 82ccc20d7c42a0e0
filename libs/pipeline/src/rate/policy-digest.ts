import { createHash } from 'node:crypto';
import type { CreditPolicy } from '@syncline/credit';

const digests = new WeakMap<CreditPolicy, string>();

/** SHA-256 of a policy's content: comments, blanks and the form of its YAML don't matter, the order of fields does. */
export function policyDigest(policy: CreditPolicy): string {
  let digest = digests.get(policy);
  if (digest === undefined) {
    digest = createHash('sha256').update(JSON.stringify(policy)).digest('base64url');
    digests.set(policy, digest);
  }
  return digest;
}
