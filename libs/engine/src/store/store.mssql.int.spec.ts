import { storeContract } from '@syncline/testing';
import { temporaryMssqlStore } from './testing/temporary-stores';

// No SQL Server can be had in CI: the suites run wherever somebody names one.
if (process.env.SYNCLINE_TEST_MSSQL_URL) {
  storeContract('SQL Server', temporaryMssqlStore);
} else {
  test('SQL Server is tested where SYNCLINE_TEST_MSSQL_URL names one; its SQL text is tested in mssql-syntax.spec', () => {
    expect(process.env.SYNCLINE_TEST_MSSQL_URL).toBeFalsy();
  });
}
