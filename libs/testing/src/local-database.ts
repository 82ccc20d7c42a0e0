import type { LocalDatabase, LocalReader, LocalRow, LocalValue, LocalWriter } from '@syncline/pipeline';
import Database from 'libsql';

/** A small LocalDatabase on a file, for the suites of parts that must not know the engine's store. */
export interface TestLocalDatabase extends LocalDatabase {
  close(): void;
}

function readerOn(connection: Database.Database): LocalReader {
  const statements = new Map<string, Database.Statement<unknown[]>>();
  return {
    all: <R = LocalRow>(sql: string, params: readonly LocalValue[] = []) =>
      prepared(connection, statements, sql).all(...params) as R[],
  };
}

function writerOn(connection: Database.Database): LocalWriter {
  const statements = new Map<string, Database.Statement<unknown[]>>();
  return {
    ...readerOn(connection),
    run: (sql, params = []) => {
      const result = prepared(connection, statements, sql).run(...params);
      return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
    },
    exec: (sql) => void connection.exec(sql),
  };
}

function prepared(
  connection: Database.Database,
  statements: Map<string, Database.Statement<unknown[]>>,
  sql: string,
): Database.Statement<unknown[]> {
  const known = statements.get(sql) ?? connection.prepare<unknown[]>(sql);
  statements.set(sql, known);
  return known;
}

/** Opens (or creates) the database file; one writer at a time, readers see what is committed. */
export function openTestLocalDatabase(file: string): TestLocalDatabase {
  const writing = new Database(file);
  writing.pragma('journal_mode = WAL');
  writing.pragma('synchronous = NORMAL');
  const reading = new Database(file);
  const writer = writerOn(writing);
  let turn: Promise<unknown> = Promise.resolve();

  const alone = async <T>(work: (writer: LocalWriter) => T | Promise<T>): Promise<T> => {
    writing.exec('begin immediate');
    try {
      const result = await work(writer);
      writing.exec('commit');
      return result;
    } catch (error) {
      writing.exec('rollback');
      throw error;
    }
  };

  return {
    ...readerOn(reading),
    exclusive: (work) => {
      const mine = turn.catch(() => undefined).then(() => alone(work));
      turn = mine;
      return mine;
    },
    close: () => {
      reading.close();
      writing.close();
    },
  };
}
