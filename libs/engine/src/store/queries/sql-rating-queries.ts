import type { CreditRating } from '@syncline/model';
import type { RatingQueries } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import { RATING } from '../schema/tables';

export class SqlRatingQueries implements RatingQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async current(customerId: string): Promise<CreditRating | undefined> {
    const [found] = await this.dialect.reader.bodies<CreditRating>(
      RATING,
      ['customer_id'],
      [[customerId]],
      't.is_current = 1',
    );
    return found;
  }

  async history(customerId: string, beforeVersion: number | null, limit: number): Promise<CreditRating[]> {
    const below = beforeVersion === null ? '' : 'AND version < ? ';
    const rows = await this.dialect.reader.query<{ body: string }>(
      `SELECT body FROM rating WHERE customer_id = ? ${below}ORDER BY version DESC ${this.dialect.page(limit)}`,
      beforeVersion === null ? [customerId] : [customerId, beforeVersion],
    );
    return rows.map(({ body }) => JSON.parse(body) as CreditRating);
  }
}
