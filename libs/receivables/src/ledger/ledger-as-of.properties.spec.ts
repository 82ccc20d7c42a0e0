import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import { ledgerDay, ledgerHistory, retold, type LedgerHistory } from '@syncline/testing';
import fc from 'fast-check';
import { agingOf } from '../aging';
import { controlAccountEnd, controlAccountMovements, carriedOpen } from '../control-account';
import { exposureParts } from '../exposure';
import { openAmountOn } from '../open-amount';
import { ledgerAsOf, type Ledger, type LedgerQuestion } from './ledger-as-of';
import { isKnown } from './known-ledger';
import type { LedgerEvent } from './ledger-event';

const ask = ({ entries, events }: LedgerHistory, question: LedgerQuestion): Ledger =>
  ledgerAsOf(entries, events, question);
const openTotal = ({ lines }: Ledger): Decimal =>
  canonicalDecimal(lines.reduce((total, { openAmount }) => total.plus(openAmount), new Big(0)));
const withoutFindings = ({ findings: _, ...ledger }: Ledger): Omit<Ledger, 'findings'> => ledger;
const question = fc.record({ asOf: ledgerDay, knownAt: ledgerDay });
const EVER = '9999-12-31';

describe('a ledger', () => {
  it('is the same in any order and with anything told twice', () => {
    const told = ledgerHistory().chain((history) => fc.tuple(fc.constant(history), retold(history)));
    fc.assert(
      fc.property(told, question, ([history, again], asked) => {
        expect(ask(again, asked)).toEqual(ask(history, asked));
      }),
      { numRuns: 200 },
    );
  });

  it('answers for the past as it did then, whatever becomes known later', () => {
    fc.assert(
      fc.property(ledgerHistory(), question, (history, asked) => {
        const then = {
          entries: history.entries.filter(({ knownAt }) => isKnown(knownAt, asked.knownAt)),
          events: history.events.filter(({ knownAt }) => isKnown(knownAt, asked.knownAt)),
        };
        expect(ask(history, asked)).toEqual(ask(then, asked));
      }),
      { numRuns: 150 },
    );
  });

  it('changes its past only by corrections and rejections: later business does not', () => {
    const reachesBack = (event: LedgerEvent): boolean =>
      Boolean(event.corrects) ||
      event.type === 'entry_voided' ||
      (event.type === 'dispute_closed' && event.outcome === 'rejected');
    fc.assert(
      fc.property(ledgerHistory(), ledgerDay, (history, asOf) => {
        // A correction of later business says that this was never so, and says nothing without it.
        const corrected = new Set(history.events.map(({ corrects }) => corrects));
        const until = {
          entries: history.entries.filter(({ postedOn }) => postedOn <= asOf),
          events: history.events.filter((event) => event.on <= asOf || reachesBack(event) || corrected.has(event.id)),
        };
        const asked = { asOf, knownAt: EVER };
        expect(withoutFindings(ask(history, asked))).toEqual(withoutFindings(ask(until, asked)));
      }),
      { numRuns: 200 },
    );
  });

  it('has Σ buckets + unapplied = Σ open on either basis', () => {
    fc.assert(
      fc.property(
        ledgerHistory(),
        question,
        fc.constantFrom('due' as const, 'invoiced' as const),
        (history, asked, basis) => {
          const ledger = ask(history, asked);
          const [aging] = agingOf(ledger.lines, { asOf: asked.asOf, basis });
          const buckets = Object.values(aging?.buckets ?? {}).reduce((total, amount) => total.plus(amount), new Big(0));
          const sum = buckets.plus(aging?.unapplied ?? 0);
          expect(canonicalDecimal(sum)).toBe(openTotal(ledger));
          expect(aging?.total ?? '0').toBe(openTotal(ledger));
        },
      ),
    );
  });

  it('balances: what was open before and what moved is what is open after', () => {
    fc.assert(
      fc.property(ledgerHistory(), ledgerDay, ledgerDay, (history, one, other) => {
        const [from, to] = [one, other].sort();
        const begin = ask(history, { asOf: from, knownAt: EVER });
        const end = ask(history, { asOf: to, knownAt: EVER });
        expect(controlAccountEnd(controlAccountMovements(begin, end))).toBe(carriedOpen(end));
      }),
      { numRuns: 150 },
    );
  });

  it('shows every open amount in one part of the exposure', () => {
    fc.assert(
      fc.property(ledgerHistory(), question, (history, asked) => {
        const ledger = ask(history, asked);
        const parts = exposureParts(ledger.lines, [], { asOf: asked.asOf, horizonDays: null, deposits: 'as_cash' });
        const net = new Big(parts.openItems).plus(parts.disputedItems);
        const credits = new Big(parts.unappliedCash).plus(parts.unappliedCreditMemos);
        expect(canonicalDecimal(net.minus(credits))).toBe(openTotal(ledger));
      }),
    );
  });

  it('can be read for an earlier day from its lines, as long as nothing was taken back', () => {
    const isPlain = ({ type, corrects }: LedgerEvent): boolean =>
      !corrects && !['unapply', 'reversal', 'acceptance_dishonoured', 'entry_voided', 'event_voided'].includes(type);
    fc.assert(
      fc.property(ledgerHistory(), ledgerDay, ledgerDay, (history, one, other) => {
        const [earlier, later] = [one, other].sort();
        const plain = { entries: history.entries, events: history.events.filter(isPlain) };
        const now = ask(plain, { asOf: later, knownAt: EVER });
        if (now.findings.some(({ code }) => code === 'OVER_APPLIED')) return;
        const then = ask(plain, { asOf: earlier, knownAt: EVER });
        const read = now.lines.filter(({ postedOn }) => postedOn! <= earlier);
        expect(read.map((line) => [line.key, openAmountOn(line, earlier)])).toEqual(
          then.lines.map(({ key, openAmount }) => [key, openAmount]),
        );
      }),
      { numRuns: 150 },
    );
  });
});
