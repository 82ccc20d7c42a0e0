import type { LocalDate } from '@syncline/model';
import { openAmountOn, type LedgerItem } from '@syncline/receivables';

/** A line of a customer's ledger as the backtest gets it: the whole of what became of it. */
export interface HistoricItem extends LedgerItem {
  system: string;
  /** Day on which it was given up as lost. */
  writtenOffOn?: LocalDate | null;
}

/** A view of an item, and the days (from … before `until`) on which it looked like that. */
interface Period {
  view: HistoricItem;
  from: LocalDate;
  until: LocalDate;
}

const FOR_EVER = '9999-12-31';

/**
 * What was known of an item on the day `asOf`: null before it was posted; without settlements, disputes and write-offs
 * that came later, and with the amount that was open then. Nothing after `asOf` can show in it.
 */
export function itemKnownOn(item: HistoricItem, asOf: LocalDate): HistoricItem | null {
  if (item.postedOn === null || item.postedOn > asOf) return null;
  const settlements = item.settlements.filter((settlement) => settlement.on <= asOf);
  const wasUntouched = settlements.length === 0 && item.settledOn !== null && item.settledOn > asOf;
  const isDisputed = item.disputed && (!item.disputedOn || item.disputedOn <= asOf);
  return {
    ...item,
    openAmount: wasUntouched ? item.amount : openAmountOn(item, asOf),
    settledOn: item.settledOn !== null && item.settledOn <= asOf ? item.settledOn : null,
    settlements,
    disputed: isDisputed,
    disputedOn: isDisputed ? item.disputedOn : null,
    writtenOffOn: item.writtenOffOn && item.writtenOffOn <= asOf ? item.writtenOffOn : null,
  };
}

/**
 * A customer's ledger that can be asked for any day. Asked in rising order, it makes a view of an item only when
 * something happened to the item since the last time. Items without a posting day have no place in time and are left
 * out; see `undated`.
 */
export class LedgerHistory {
  /** By posting day. */
  readonly items: readonly HistoricItem[];
  /** Number of items that were left out. */
  readonly undated: number;
  readonly firstInvoicedOn: LocalDate | null;
  private readonly periods: (Period | undefined)[] = [];

  constructor(items: readonly HistoricItem[]) {
    this.items = items.filter(({ postedOn }) => postedOn !== null).sort(byPostingDay);
    this.undated = items.length - this.items.length;
    this.firstInvoicedOn = this.items.find(({ type }) => type === 'invoice')?.postedOn ?? null;
  }

  /** Items as known on the day: those open then, and those posted or settled since `since`. */
  knownOn(asOf: LocalDate, since: LocalDate): HistoricItem[] {
    const known: HistoricItem[] = [];
    for (let index = 0; index < this.items.length; index += 1) {
      const { postedOn } = this.items[index];
      if (postedOn === null || postedOn > asOf) break;
      const view = this.viewOn(index, asOf);
      if (view.openAmount !== '0' || postedOn >= since || (view.settledOn !== null && view.settledOn >= since))
        known.push(view);
    }
    return known;
  }

  private viewOn(index: number, asOf: LocalDate): HistoricItem {
    let period = this.periods[index];
    if (!period || asOf < period.from || asOf >= period.until) {
      const item = this.items[index];
      const view = itemKnownOn(item, asOf) ?? item;
      this.periods[index] = period = { view, from: asOf, until: nextEvent(item, asOf) };
    }
    return period.view;
  }
}

/** The first day after `asOf` on which anything happens to the item. */
function nextEvent(item: HistoricItem, asOf: LocalDate): LocalDate {
  let next = FOR_EVER;
  const look = (day: LocalDate | null | undefined): void => {
    if (day && day > asOf && day < next) next = day;
  };
  look(item.settledOn);
  look(item.disputedOn);
  look(item.writtenOffOn);
  for (const settlement of item.settlements) look(settlement.on);
  return next;
}

function byPostingDay(a: HistoricItem, b: HistoricItem): number {
  return (a.postedOn ?? '') < (b.postedOn ?? '') ? -1 : (a.postedOn ?? '') > (b.postedOn ?? '') ? 1 : 0;
}
