import type { StateReader } from './state-reader';

/** What is left to do in the store: entries of outboxes, deliveries under way, accounts that wait to be matched. */
export async function unsettledRows(state: StateReader): Promise<Record<string, number>> {
  const [row] = await state.rows(`SELECT
    (SELECT COUNT(*) FROM outbox) AS outbox,
    (SELECT COUNT(*) FROM delivery WHERE state NOT IN ('confirmed', 'failed')) AS deliveries,
    (SELECT COUNT(*) FROM match_due) AS unmatched`);
  return Object.fromEntries(Object.entries(row!).map(([name, count]) => [name, Number(count)]));
}
