import type { OpenSqlDriver, SqlDriver } from './sql-driver';

/** Faults of a database connection, put between the adapter and a real driver. */
export class FaultyConnection {
  writes = 0;
  private lose = false;

  loseAnswer(): void {
    this.lose = true;
  }

  /** A driver that does what the real one does, and loses an answer when told to. */
  around(open: OpenSqlDriver): OpenSqlDriver {
    return (connection) => {
      const real = open(connection);
      const driver: SqlDriver = {
        ...real,
        transaction: async (work, signal) => {
          const result = await real.transaction(
            (runner) =>
              work({
                run: async (text, values) => {
                  const answer = await runner.run(text, values);
                  if (/^\s*update/i.test(text)) this.writes += answer.affected;
                  return answer;
                },
              }),
            signal,
          );
          if (this.lose) {
            this.lose = false;
            throw Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
          }
          return result;
        },
      };
      return driver;
    };
  }
}
