import type { Instant } from '@syncline/model';
import type { ApiKey, ApiKeyStore, Role } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { API_KEY } from '../schema/tables';

interface ApiKeyRow {
  id: string;
  name: string;
  role: Role;
  hash: string;
  created_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
}

export class SqlApiKeyStore implements ApiKeyStore {
  constructor(private readonly dialect: SqlDialect) {}

  async find(id: string): Promise<ApiKey | undefined> {
    const [row] = await this.dialect.reader.selectByKeys<ApiKeyRow>(API_KEY, ['id'], [[id]]);
    return row && apiKeyOf(row);
  }

  async list(): Promise<ApiKey[]> {
    const rows = await this.dialect.reader.query<ApiKeyRow>(
      'SELECT id, name, role, hash, created_at, expires_at, revoked_at FROM api_key ORDER BY created_at, id',
    );
    return rows.map(apiKeyOf);
  }

  add(key: ApiKey): Promise<void> {
    return this.dialect.transaction((tx) => tx.insert(API_KEY, [rowOf(key)]));
  }

  revoke(id: string, at: Instant): Promise<boolean> {
    return this.dialect.transaction(async (tx) => {
      const changed = await tx.execute('UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [
        at,
        id,
      ]);
      return changed > 0;
    });
  }

  replace(id: string, endsAt: Instant, next: ApiKey): Promise<boolean> {
    return this.dialect.transaction(async (tx) => {
      const ended = await tx.execute(
        'UPDATE api_key SET expires_at = CASE WHEN expires_at < ? THEN expires_at ELSE ? END ' +
          'WHERE id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)',
        [endsAt, endsAt, id, next.createdAt],
      );
      if (ended > 0) await tx.insert(API_KEY, [rowOf(next)]);
      return ended > 0;
    });
  }
}

function rowOf({ id, name, role, hash, createdAt, expiresAt, revokedAt }: ApiKey): Row {
  return { id, name, role, hash, created_at: createdAt, expires_at: expiresAt, revoked_at: revokedAt };
}

function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    hash: row.hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
