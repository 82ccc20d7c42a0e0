import { IsIn, IsInt, IsString, Max, Min, MinLength } from 'class-validator';
import type { SecretRef } from '../../secrets/secret-ref';
import { SecretSetting, Setting } from '../setting';
import { MutualTlsSettings, TlsSetting, TlsSettings } from './tls.dto';

export class StoreSettings {
  @Setting({ meaning: 'sqlite for the embedded profile, a server otherwise.', expected: 'sqlite, postgres or mssql' })
  @IsIn(['sqlite', 'postgres', 'mssql'])
  kind!: string;
}

export class SqliteStoreSettings extends StoreSettings {
  declare kind: 'sqlite';

  @Setting({
    meaning:
      'The database file. Its folder is made; only one process may use it at a time. Relative to where the process starts.',
    expected: 'a path',
  })
  @IsString()
  @MinLength(1)
  path!: string;
}

class ServerStoreSettings extends StoreSettings {
  @SecretSetting({
    meaning: 'Address of the database with user and password.',
    expected: "'${env:NAME}' or '${file:path}' that gives a URL",
  })
  url!: SecretRef;

  @Setting({ meaning: 'The most connections of one process.', expected: 'a whole number, 1 to 100', default: '10' })
  @IsInt()
  @Min(1)
  @Max(100)
  poolSize: number = 10;
}

export class PostgresStoreSettings extends ServerStoreSettings {
  declare kind: 'postgres';

  @TlsSetting(
    MutualTlsSettings,
    'Whether the connection is encrypted, and what is trusted. Says it instead of sslmode and its like in url.',
  )
  tls?: MutualTlsSettings;
}

export class MssqlStoreSettings extends ServerStoreSettings {
  declare kind: 'mssql';

  @TlsSetting(
    TlsSettings,
    'What is trusted; without it, encrypt and trustServerCertificate in url decide, and are true and false when absent.',
  )
  tls?: TlsSettings;
}
