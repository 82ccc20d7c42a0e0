import type { CheckFinding, DeliveryFailure } from '@syncline/pipeline/deliver';
import type { CompiledStatement } from './named-parameters';
import { RolledBack, type SqlDriver } from './sql-driver';
import type { SqlConfig, SqlStatements } from './sql-config';

/** No account has this id, so the statements run for real and change nothing. */
const NOBODY = 'syncline-check-no-such-account';

/** Connection, company, and that each statement runs with the rights of this user. */
export async function checkSql(
  config: SqlConfig,
  driver: SqlDriver,
  statements: Record<keyof SqlStatements, CompiledStatement>,
  signal: AbortSignal,
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  const probe = async (name: string, fine: string, work: () => Promise<string | null>): Promise<boolean> => {
    const problem = await work().catch((error: unknown) => textOf(driver.classify(error)));
    findings.push(problem === null ? { name, ok: true, message: fine } : { name, ok: false, message: problem });
    return problem === null;
  };
  const runs = (statement: CompiledStatement) => async () => {
    await driver.query(
      statement.text,
      statement.names.map(() => NOBODY),
      signal,
    );
    return null;
  };
  const connected = await probe('connection', 'connected', async () => {
    await driver.query('SELECT 1', [], signal);
    return null;
  });
  if (!connected) return findings;
  if (config.company) await probe('company', 'the right company', () => wrongCompany(config, driver, signal));
  await probe('find', 'statements.find runs', runs(statements.find));
  await probe('read', 'statements.read runs', runs(statements.read));
  await probe('write', 'statements.write may run', () => writeProblem(driver, statements.write, signal));
  return findings;
}

async function wrongCompany(config: SqlConfig, driver: SqlDriver, signal: AbortSignal): Promise<string | null> {
  if (!config.company) return null;
  const [row] = await driver.query(config.company.statement, [], signal);
  const found = row ? Object.values(row)[0] : undefined;
  return String(found) === config.company.equals ? null : 'company.statement does not give company.equals';
}

async function writeProblem(driver: SqlDriver, write: CompiledStatement, signal: AbortSignal): Promise<string | null> {
  let affected = 0;
  try {
    await driver.transaction(async (runner) => {
      const values = write.names.map((name) => (name === 'id' ? NOBODY : null));
      affected = (await runner.run(write.text, values)).affected;
      throw new RolledBack();
    }, signal);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return affected === 0 ? null : `statements.write changes ${affected} rows for an account that does not exist`;
}

function textOf(failure: DeliveryFailure): string {
  return `${failure.code}: ${failure.message}`;
}
