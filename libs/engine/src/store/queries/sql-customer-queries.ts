import type { AccountRow, CustomerRow, StoredRecord } from '@syncline/pipeline/reconcile';
import type { CaseCounts, CustomerListRow, CustomerPage, CustomerQueries } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import { ACCOUNT, CUSTOMER } from '../schema/tables';
import { customerListRow, customerPageSql, type CustomerPageRow } from './customer-page';

const CASES =
  'SELECT t.body AS body FROM account a JOIN record_ref r ON r.system = a.system AND r.target_kind = ? ' +
  'AND r.target_key = a."key" JOIN record t ON t.system = r.system AND t.kind = r.kind AND t."key" = r."key" ' +
  'WHERE a.customer_id = ? AND r.kind IN (?, ?) AND t.deleted = 0';

const OPEN_OPPORTUNITIES: ReadonlySet<unknown> = new Set(['lead', 'open']);

export class SqlCustomerQueries implements CustomerQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async page(page: CustomerPage): Promise<CustomerListRow[]> {
    const { sql, params } = customerPageSql(page, this.dialect);
    const rows = await this.dialect.reader.query<CustomerPageRow>(sql, params);
    return rows.map((row) => customerListRow(row, page.sort));
  }

  async find(id: string): Promise<CustomerRow | undefined> {
    const [found] = await this.dialect.reader.bodies<CustomerRow>(CUSTOMER, ['id'], [[id]]);
    return found;
  }

  async customerOfAccount(system: string, key: string): Promise<string | undefined> {
    const [found] = await this.dialect.reader.bodies<AccountRow>(ACCOUNT, ACCOUNT.key, [[system, key]]);
    return found?.customerId;
  }

  accounts(customerId: string): Promise<AccountRow[]> {
    return this.dialect.reader.bodies(ACCOUNT, ['customer_id'], [[customerId]]);
  }

  async caseCounts(customerId: string): Promise<CaseCounts> {
    const params = ['account', customerId, 'opportunity', 'service_case'];
    const rows = await this.dialect.reader.query<{ body: string }>(CASES, params);
    const records = rows.map(({ body }) => JSON.parse(body) as StoredRecord);
    const opportunities = records.filter(({ kind }) => kind === 'opportunity');
    const cases = records.filter(({ kind }) => kind === 'service_case');
    return {
      opportunities: {
        open: opportunities.filter(({ fields }) => OPEN_OPPORTUNITIES.has(fields.state)).length,
        total: opportunities.length,
      },
      serviceCases: { open: cases.filter(({ fields }) => fields.state === 'open').length, total: cases.length },
    };
  }
}
