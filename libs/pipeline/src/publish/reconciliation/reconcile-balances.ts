import { Inject, Injectable } from '@nestjs/common';
import type { LocalDate } from '@syncline/model';
import {
  compareBalances,
  type BalanceHistory,
  type BalanceHolder,
  type BalanceResult,
  type BreakType,
} from '@syncline/receivables';
import type { AccountRef, ReceivableItemRow } from '../../reconcile/reconcile-store.port';
import { explainBalances } from '../../shared/balances/explain-balances';
import { groupBy } from '../../shared/group-by';
import type { CursorValues } from '../paging/cursor';
import { DOCUMENT_QUERIES, type DocumentQueries } from '../ports/customer-queries.port';
import { RECORD_QUERIES, type RecordQueries } from '../ports/record-queries.port';
import {
  RECONCILIATION_QUERIES,
  type BalanceFilter,
  type ReconciliationQueries,
} from '../ports/reconciliation-queries.port';
import { PUBLISH_SETTINGS, type PublishSettings } from '../publish-settings';

export interface ReconciliationFilter extends BalanceFilter {
  currency?: string;
  agrees?: boolean;
  /** Has a break of this type. */
  breakType?: BreakType;
}

/** One customer, system and currency: the latest reported balance, explained, and how far both agree. */
export interface Reconciled extends BalanceHistory {
  result: BalanceResult;
  /** The items behind it, for the documents of the breaks. */
  items: readonly ReceivableItemRow[];
  place: CursorValues;
}

/** What a system reports at all. Where it reports nothing, nothing is compared and nothing is verified. */
export interface ReportingSystem {
  system: string;
  currency: string;
  balances: number;
}

/** Customers and systems that are read at a time, while a filter leaves few of them. */
const BATCH = 200;

/** Holds the balances that ERPs report against what the view computes. Reads alone. */
@Injectable()
export class ReconcileBalances {
  constructor(
    @Inject(RECONCILIATION_QUERIES) private readonly queries: ReconciliationQueries,
    @Inject(DOCUMENT_QUERIES) private readonly documents: DocumentQueries,
    @Inject(RECORD_QUERIES) private readonly records: RecordQueries,
    @Inject(PUBLISH_SETTINGS) private readonly settings: PublishSettings,
  ) {}

  /** All configured systems, those that report no balance too. */
  async systems(): Promise<ReportingSystem[]> {
    const { systemCurrencies } = this.settings;
    const counts = await this.queries.counts(Object.keys(systemCurrencies).sort());
    return counts.map((count) => ({ ...count, currency: systemCurrencies[count.system] }));
  }

  /** Rows by (customer id, system, currency) after the given place, at most `limit` of them. */
  async page(
    filter: ReconciliationFilter,
    until: LocalDate,
    after: CursorValues | null,
    limit: number,
  ): Promise<Reconciled[]> {
    const found: Reconciled[] = [];
    let from = after && { customerId: String(after[0]), system: String(after[1]) };
    for (;;) {
      const holders = await this.queries.holders(filter, from, BATCH + 1);
      const rows = await this.reconcile(holders.slice(0, BATCH), until);
      found.push(...rows.filter((row) => !isPast(row.place, after) && passes(row, filter)));
      if (holders.length <= BATCH || found.length >= limit) return found.slice(0, limit);
      from = holders[BATCH];
    }
  }

  private async reconcile(holders: readonly BalanceHolder[], until: LocalDate): Promise<Reconciled[]> {
    if (holders.length === 0) return [];
    const balances = await this.queries.balances(holders);
    const accounts = balances.map(({ system, accountKey }): AccountRef => ({ system, key: accountKey }));
    const items = groupBy(await this.queries.items(accounts), accountOf);
    const byHolder = groupBy(balances, holderOf);
    // In the order of the holders, which is the store's: another would not fit its pages.
    const histories = holders.flatMap((holder) => {
      const own = byHolder.get(holderOf(holder)) ?? [];
      const ownItems = [...new Set(own.map(accountOf))].flatMap((account) => items.get(account) ?? []);
      const compared = compareBalances(own, ownItems, this.settings.systemCurrencies[holder.system], until);
      return compared.map((history) => ({ history, items: ownItems }));
    });
    const results = await explainBalances(
      histories.map(({ history: { latest }, items: own }) => ({ day: latest, items: own })),
      {
        find: (ids) => this.records.find(ids),
        referrers: (targets, kinds) => this.records.referrers(targets, kinds),
        rates: () => this.documents.exchangeRates(),
      },
      this.settings.systemCurrencies,
    );
    return histories.map(({ history, items: own }, index) => ({
      ...history,
      items: own,
      result: results[index],
      place: [history.latest.customerId, history.latest.system, history.latest.currency],
    }));
  }
}

function passes({ latest, result }: Reconciled, { currency, agrees, breakType }: ReconciliationFilter): boolean {
  if (currency !== undefined && latest.currency !== currency) return false;
  if (agrees !== undefined && result.agrees !== agrees) return false;
  return breakType === undefined || result.breaks.some(({ type }) => type === breakType);
}

/** A row of the place's own customer and system that its page showed already. */
function isPast([customerId, system, currency]: CursorValues, after: CursorValues | null): boolean {
  return after !== null && customerId === after[0] && system === after[1] && String(currency) <= String(after[2]);
}

function holderOf({ customerId, system }: BalanceHolder): string {
  return `${customerId}\n${system}`;
}

function accountOf({ system, accountKey }: { system: string; accountKey: string }): string {
  return `${system}\n${accountKey}`;
}
