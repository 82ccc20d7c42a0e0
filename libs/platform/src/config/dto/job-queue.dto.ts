import { IsIn, IsString, Matches } from 'class-validator';
import type { SecretRef } from '../../secrets/secret-ref';
import { SecretSetting, Setting } from '../setting';

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
    expected: "'${env:NAME}' or '${file:path}' that gives a redis:// URL",
  })
  url!: SecretRef;

  @Setting({
    meaning: 'Begins all keys in Redis: installations that share one need different ones.',
    expected: 'letters, digits and -',
    default: 'syncline',
  })
  @IsString()
  @Matches(/^[A-Za-z0-9-]+$/)
  prefix: string = 'syncline';
}
