import { settings } from '@syncline/model';
import { comparisonMethod } from '../comparison';
import type { ComparisonConfiguration, KindConfiguration, MatchingConfiguration } from './matching-schema';

/** Shares are written with a few digits. */
const ROUNDING = 0.005;

/** Checks what concerns several fields: thresholds, levels of the methods, shares, names. */
export function checkMatching(configuration: MatchingConfiguration, root: settings.YamlCursor): void {
  for (const kind of ['organisation', 'person'] as const) checkKind(configuration[kind], root.at(kind));
}

function checkKind({ thresholds, comparisons, blocking }: KindConfiguration, at: settings.YamlCursor): void {
  if (thresholds.review > thresholds.match) at.at('thresholds', 'review').report('must not be above match');
  checkUnique(comparisons, at.at('comparisons'));
  checkUnique(blocking, at.at('blocking'));
  comparisons.forEach((comparison, index) => checkComparison(comparison, at.at('comparisons', index)));
}

function checkUnique(named: readonly { name: string }[], at: settings.YamlCursor): void {
  const seen = new Set<string>();
  named.forEach(({ name }, index) => {
    if (seen.has(name)) at.at(index, 'name').report(`${name} is there twice`);
    seen.add(name);
  });
}

function checkComparison(
  { method, levels, veto = [], termFrequency }: ComparisonConfiguration,
  at: settings.YamlCursor,
): void {
  const known = comparisonMethod(method).levels;
  for (const name of Object.keys(levels)) {
    if (known.includes(name)) continue;
    at.at('levels', name).report(`${method} has no level ${name}`, settings.didYouMean(name, known));
  }
  if (termFrequency !== undefined && comparisonMethod(method).term === undefined)
    at.at('term_frequency').report(`${method} has no common values`);
  const missing = known.filter((name) => !(name in levels));
  if (missing.length > 0) at.at('levels').report(`${method} also has ${missing.join(', ')}`);
  for (const share of ['m', 'u'] as const) {
    const sum = Object.values(levels).reduce((total, level) => total + level[share], 0);
    if (sum > 1 + ROUNDING)
      at.at('levels').report(`the shares ${share} add up to ${sum.toFixed(3)}, which is more than 1`);
  }
  veto.forEach((name, index) => {
    if (!known.includes(name))
      at.at('veto', index).report(`${method} has no level ${name}`, settings.didYouMean(name, known));
  });
}
