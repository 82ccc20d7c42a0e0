import { LEAST_MATCHES, type Estimate } from '@syncline/identity';
import { table } from '../output/table';

/** What `syncline match estimate` prints: the shares and weights of the file, and those that the records give. */
export function estimateText(estimate: Estimate, prior: number): string {
  const numbers = ['seen m', 'm', 'm now', 'u', 'u now', 'weight', 'weight now'];
  const rows = estimate.comparisons.flatMap(({ comparison, levels }) =>
    levels.map(({ level, seen, shipped, isKept, m, u }) => [
      comparison,
      level,
      Math.round(seen.m).toLocaleString('en-US'),
      share(shipped.m),
      isKept.m ? 'kept' : share(m),
      share(shipped.u),
      isKept.u ? 'kept' : share(u),
      Math.log2(shipped.m / shipped.u).toFixed(2),
      Math.log2(m / u).toFixed(2),
    ]),
  );
  const { meeting, drawn, all } = estimate.pairs;
  return [
    table(['comparison', 'level', ...numbers], rows, numbers),
    '',
    `${count(meeting)} pairs compared that meet, and ${count(drawn)} drawn of the other ${count(all - meeting)}`,
    `about ${count(estimate.matches)} of them are of one party: 1 of ${count(1 / estimate.prior)} pairs ` +
      `(prior of the file: 1 of ${count(1 / prior)}); settled after ${estimate.rounds} rounds`,
    'now: what these records give. kept: too few pairs were seen at that level.',
  ].join('\n');
}

/** Why these records are too few, or null. */
export function tooFewText({ matches, pairs }: Estimate): string | null {
  if (matches >= LEAST_MATCHES) return null;
  return (
    `about ${count(matches)} of ${count(pairs.meeting)} pairs that meet are of one party; ` +
    `at least ${LEAST_MATCHES} are needed`
  );
}

function share(value: number): string {
  return value >= 0.001 ? value.toFixed(4) : value.toExponential(1);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
