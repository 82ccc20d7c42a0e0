import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import { BREAK_TYPES, type BalanceResult, type BreakType, type ControlBreak } from '../control-account-breaks';
import { roundingOf } from './compare-balances';

/** A balance that an ERP reports, and what could explain that the view has another. */
export interface ReportedBalance {
  reported: Decimal;
  computed: Decimal;
  /** Documents that the view counts: rounding may come to 0.01 for each. */
  lines: number;
  /**
   * Documents that the ERP may count otherwise, each with the difference that this would make. Evidence, no proof:
   * the ERP's own ledger by document is not known.
   */
  candidates: readonly ControlBreak[];
}

const TYPES = Object.keys(BREAK_TYPES) as BreakType[];

/**
 * Explains the difference between a reported and the computed balance where of the ERP's ledger nothing is known but
 * its balance. A break is named only where the evidence leaves nothing but rounding: one document that makes just this
 * difference, or all documents of as few types as possible. Otherwise the difference is UNKNOWN, with the documents
 * to look at. Where the ERP's postings are known, `explainBalance` proves each of them. Σ breaks = difference.
 * (Method, Receivables, control account.)
 */
export function explainByEvidence({ reported, computed, lines, candidates }: ReportedBalance): BalanceResult {
  const difference = new Big(reported).minus(computed);
  const tolerance = new Big(roundingOf(lines));
  const result = (breaks: ControlBreak[]): BalanceResult => ({
    computed: canonicalDecimal(computed),
    difference: canonicalDecimal(difference),
    breaks,
    agrees: breaks.every(({ type }) => type === 'ROUNDING'),
  });
  if (difference.eq(0)) return result([]);
  if (difference.abs().lte(tolerance)) return result([rest('ROUNDING', difference)]);
  const explained = oneDocument(candidates, difference) ?? fewestTypes(candidates, difference, tolerance);
  if (!explained)
    return result([
      rest(
        'UNKNOWN',
        difference,
        candidates.flatMap(({ documents }) => documents),
      ),
    ]);
  const left = explained.reduce((open, { amount }) => open.minus(amount), difference);
  return result(left.eq(0) ? explained : [...explained, rest('ROUNDING', left)]);
}

function rest(type: 'ROUNDING' | 'UNKNOWN', amount: Big, documents: readonly string[] = []): ControlBreak {
  return { type, amount: canonicalDecimal(amount), documents: [...new Set(documents)].sort() };
}

function oneDocument(candidates: readonly ControlBreak[], difference: Big): ControlBreak[] | null {
  const exact = candidates.filter(({ amount }) => difference.eq(amount)).sort(byTypeThenDocuments);
  // Two documents of one amount: neither is more likely than the other.
  return exact.length === 1 ? exact : null;
}

/**
 * All candidates of the fewest types that leave at most the tolerance; of equally few those that leave least. Null
 * where two choices are equally good: then neither is more likely than the other.
 */
function fewestTypes(candidates: readonly ControlBreak[], difference: Big, tolerance: Big): ControlBreak[] | null {
  const byType = TYPES.flatMap((type) => merged(type, candidates) ?? []);
  let best: { breaks: ControlBreak[]; left: Big; isAlone: boolean } | null = null;
  for (let chosen = 1; chosen < 2 ** byType.length; chosen += 1) {
    const breaks = byType.filter((_, index) => Math.floor(chosen / 2 ** index) % 2 === 1);
    const left = breaks.reduce((open, { amount }) => open.minus(amount), difference).abs();
    if (left.gt(tolerance)) continue;
    const order = best ? breaks.length - best.breaks.length || left.cmp(best.left) : -1;
    if (order < 0) best = { breaks, left, isAlone: true };
    else if (order === 0 && best) best.isAlone = false;
  }
  return best?.isAlone ? best.breaks : null;
}

function merged(type: BreakType, candidates: readonly ControlBreak[]): ControlBreak | null {
  const own = candidates.filter((candidate) => candidate.type === type);
  if (own.length === 0) return null;
  const amount = own.reduce((total, each) => total.plus(each.amount), new Big(0));
  const documents = [...new Set(own.flatMap((each) => each.documents))].sort();
  return { type, amount: canonicalDecimal(amount), documents };
}

function byTypeThenDocuments(a: ControlBreak, b: ControlBreak): number {
  return TYPES.indexOf(a.type) - TYPES.indexOf(b.type) || (a.documents.join('\n') < b.documents.join('\n') ? -1 : 1);
}
