import { IsIn, IsOptional, IsString, Matches, MinLength } from 'class-validator';
import type { SecretRef } from '../../secrets/secret-ref';
import { SecretSetting, Setting } from '../setting';
import { MutualTlsSettings, TlsSetting } from './tls.dto';

export class JobQueueSettings {
  @Setting({
    meaning: 'embedded keeps jobs in the local database; bullmq is BullMQ on Redis.',
    expected: 'embedded or bullmq',
  })
  @IsIn(['embedded', 'bullmq'])
  kind!: string;
}

export class EmbeddedQueueSettings extends JobQueueSettings {
  declare kind: 'embedded';
}

export class BullmqQueueSettings extends JobQueueSettings {
  declare kind: 'bullmq';

  @SecretSetting({
    meaning: 'Address of Redis, with its password where it has one.',
    expected: "'${env:NAME}' or '${file:path}' that gives a redis:// or rediss:// URL",
  })
  url!: SecretRef;

  @Setting({
    meaning: 'User at Redis; needs password. Instead of the one in url.',
    expected: 'a text',
    default: 'none',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  username?: string;

  @IsOptional()
  @SecretSetting({
    meaning: 'Password at Redis, instead of the one in url.',
    expected: "'${env:NAME}' or '${file:path}'",
    default: 'none',
  })
  password?: SecretRef;

  @TlsSetting(
    MutualTlsSettings,
    'Whether the connection is encrypted, and what is trusted. A rediss:// URL alone is as good as true.',
  )
  tls?: MutualTlsSettings;

  @Setting({
    meaning: 'Begins all keys in Redis: installations that share one need different ones.',
    expected: 'letters, digits and -',
    default: 'syncline',
  })
  @IsString()
  @Matches(/^[A-Za-z0-9-]+$/)
  prefix: string = 'syncline';
}
