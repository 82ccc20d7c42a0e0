import type { LocalDate } from '@syncline/model';
import { later } from './applications';
import { isDebit } from './ledger-entry';
import type { KnownLedger } from './known-ledger';

/** A dispute as it stands on a day. */
export interface Dispute {
  /** Id of the event that opened it. */
  id: string;
  debitKey: string;
  openedOn: LocalDate;
  closedOn: LocalDate | null;
  status: 'open' | 'upheld' | 'rejected';
}

/**
 * Disputes opened up to `asOf`, by day and id. A rejection that is known counts from the first day on: the item was
 * never rightly disputed, so the days before are recomputed without the shield. (Method, Receivables, ledger.)
 */
export function disputesOn(ledger: KnownLedger, asOf: LocalDate): Dispute[] {
  const closings = closingsOf(ledger);
  const disputes: Dispute[] = [];
  for (const event of ledger.events) {
    if (event.type !== 'dispute_opened') continue;
    const debit = ledger.entry(event.debitKey);
    if (!debit) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (!isDebit(debit)) ledger.findings.add('WRONG_SIDE', event.id);
    else {
      const openedOn = later(event.on, debit.postedOn);
      if (openedOn <= asOf)
        disputes.push({
          id: event.id,
          debitKey: debit.key,
          openedOn,
          ...ending(closings.get(event.id), openedOn, asOf),
        });
    }
  }
  return disputes;
}

interface Closing {
  /** The first closing; of the rejections, when there is one. */
  on: LocalDate;
  rejected: boolean;
}

function ending(
  closing: Closing | undefined,
  openedOn: LocalDate,
  asOf: LocalDate,
): Pick<Dispute, 'status' | 'closedOn'> {
  const closedOn = closing ? later(closing.on, openedOn) : null;
  if (closing?.rejected) return { status: 'rejected', closedOn };
  return closedOn !== null && closedOn <= asOf ? { status: 'upheld', closedOn } : { status: 'open', closedOn: null };
}

/** How each dispute ended; a rejection wins over everything else, then the first closing. */
function closingsOf(ledger: KnownLedger): Map<string, Closing> {
  const opened = new Set(ledger.events.flatMap((event) => (event.type === 'dispute_opened' ? [event.id] : [])));
  const closings = new Map<string, Closing>();
  for (const event of ledger.events) {
    if (event.type !== 'dispute_closed') continue;
    const id = ledger.eventId(event.disputeId);
    const before = closings.get(id);
    const rejected = event.outcome === 'rejected';
    if (!opened.has(id)) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (!before || (rejected && !before.rejected)) closings.set(id, { on: event.on, rejected });
  }
  return closings;
}
