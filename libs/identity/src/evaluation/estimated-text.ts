import { isScalar, parseDocument } from 'yaml';
import type { PartyKind } from '../matching/matching-model';
import type { MatchingConfiguration } from '../matching/matching-schema';
import { matchingOf } from '../matching/read-matching';
import type { ComparisonEstimate } from './estimate-shares';

/**
 * A matching file with other shares, and every other character, comments too, as it was. What is written is read back
 * and checked like any matching file.
 * @throws SynclineError MATCHING_CONFIGURATION_INVALID
 */
export function estimatedText(
  text: string,
  file: string,
  kind: PartyKind,
  estimates: readonly ComparisonEstimate[],
): string {
  const { comparisons }: MatchingConfiguration[PartyKind] = matchingOf(text, file)[kind];
  const document = parseDocument(text);
  const changes: { from: number; to: number; share: number }[] = [];
  for (const { comparison, levels } of estimates) {
    const at = comparisons.findIndex(({ name }) => name === comparison);
    for (const { level, isKept, ...shares } of levels) {
      for (const share of ['m', 'u'] as const) {
        const node = document.getIn([kind, 'comparisons', at, 'levels', level, share], true);
        if (isKept[share] || !isScalar(node) || !node.range) continue;
        changes.push({ from: node.range[0], to: node.range[1], share: shares[share] });
      }
    }
  }
  // From the end on, so that places before stay where they are.
  const changed = changes
    .sort((a, b) => b.from - a.from)
    .reduce((rest, { from, to, share }) => rest.slice(0, from) + decimal(share) + rest.slice(to), text);
  matchingOf(changed, file);
  return changed;
}

/** As people write it: 0.000002, not 2e-6. */
function decimal(share: number): string {
  return share.toFixed(12).replace(/\.?0+$/, '');
}
