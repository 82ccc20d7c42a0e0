import type { settings } from '@syncline/model';
import type { CreditPolicy } from './policy-schema';

interface Part {
  weight: number;
  points: number;
  required: boolean;
}

/**
 * Reports grades that no customer can ever get by its score, because the curves don't reach so far: the score is the
 * weighted mean of the features that are known, so its ends are found by taking the required ones and adding others as
 * long as weight is missing or they bring it further.
 */
export function checkReach(policy: CreditPolicy, root: settings.YamlCursor): void {
  const best = furthest(policy, Math.max, (points, mean) => points > mean);
  const worst = furthest(policy, Math.min, (points, mean) => points < mean);
  policy.grades.forEach(({ grade, min }, index) => {
    const at = root.at('grades', index, 'min');
    const better = policy.grades[index - 1];
    if (min > best) at.report(`grade ${grade} can't be reached: the curves give at most ${text(best)} points`);
    if (better && better.min <= worst)
      at.report(`grade ${grade} can't be reached: the curves give at least ${text(worst)} points`);
  });
}

function furthest(
  { scorecard, missing }: CreditPolicy,
  end: (...points: number[]) => number,
  helps: (points: number, mean: number) => boolean,
): number {
  const parts = Object.entries(scorecard).map(([name, { weight, knots }]): Part => {
    return { weight, points: end(...knots.map(([, points]) => points)), required: missing.required.includes(name) };
  });
  const order = end(0, 1) === 1 ? -1 : 1;
  const sorted = parts.toSorted((a, b) => +b.required - +a.required || order * (a.points - b.points));
  let weight = 0;
  let total = 0;
  for (const part of sorted) {
    const isNeeded = part.required || weight < missing.minWeightPresent || weight === 0;
    if (!isNeeded && !helps(part.points, total / weight)) continue;
    weight += part.weight;
    total += part.weight * part.points;
  }
  return weight > 0 ? total / weight : 0;
}

function text(points: number): string {
  return String(Math.round(points * 100) / 100);
}
