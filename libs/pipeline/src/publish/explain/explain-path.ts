import { bucketNames } from '@syncline/receivables';
import { requestError } from '../problem/problem';

export const RATING_MEMBERS = ['grade', 'limit', 'term', 'hold', 'score'] as const;
export type RatingMember = (typeof RATING_MEMBERS)[number];

/** A number or value of the customer view that can be explained. */
export type ExplainPath =
  | { of: 'attribute'; name: string }
  | { of: 'open_total' }
  | { of: 'aging'; bucket: string }
  | { of: 'open_orders' }
  | { of: 'rating'; member: RatingMember }
  | { of: 'feature'; name: string };

const FORMS = [
  'attributes.<name>',
  'receivables.open_total',
  `receivables.aging.<${bucketNames().join('|')}>`,
  'orders.open',
  `rating.<${RATING_MEMBERS.join('|')}>`,
  'rating.features.<name>',
];

/**
 * Reads `attributes.name`, `receivables.aging.1-30`, `rating.features.pay_index`, …
 * @throws SynclineError EXPLAIN_PATH
 */
export function parseExplainPath(path: string): ExplainPath {
  const [head, second, ...rest] = path.split('.');
  const third = rest.join('.');
  if (head === 'attributes' && second && third === '') return { of: 'attribute', name: second };
  if (path === 'receivables.open_total') return { of: 'open_total' };
  if (path === 'orders.open') return { of: 'open_orders' };
  if (head === 'receivables' && second === 'aging' && bucketNames().includes(third))
    return { of: 'aging', bucket: third };
  if (head === 'rating' && second === 'features' && third !== '') return { of: 'feature', name: third };
  const member = RATING_MEMBERS.find((name) => path === `rating.${name}`);
  if (member) return { of: 'rating', member };
  throw requestError('EXPLAIN_PATH', `The path is not one of ${FORMS.join(', ')}.`, 'path');
}
