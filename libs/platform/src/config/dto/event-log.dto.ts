import { Transform, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import type { SecretRef } from '../../secrets/secret-ref';
import { SecretSetting, Setting } from '../setting';
import { MutualTlsSettings, TlsSetting } from './tls.dto';

export class EventLogSettings {
  @Setting({
    meaning: 'embedded keeps the log in the local database; kafka is Apache Kafka.',
    expected: 'embedded or kafka',
  })
  @IsIn(['embedded', 'kafka'])
  kind!: string;
}

export class EmbeddedLogSettings extends EventLogSettings {
  declare kind: 'embedded';

  @Setting({
    meaning: 'Days after which messages that every stage has read are removed. Older ones can no longer be replayed.',
    expected: 'a whole number, 1 to 3650',
    default: '30',
  })
  @IsInt()
  @Min(1)
  @Max(3650)
  retentionDays: number = 30;
}

export class SaslSettings {
  @Setting({ meaning: 'How the brokers check who is there.', expected: 'plain, scram-sha-256 or scram-sha-512' })
  @IsIn(['plain', 'scram-sha-256', 'scram-sha-512'])
  mechanism!: 'plain' | 'scram-sha-256' | 'scram-sha-512';

  @Setting({ meaning: 'User name at the brokers.', expected: 'a text' })
  @IsString()
  @MinLength(1)
  username!: string;

  @SecretSetting({ meaning: 'Password at the brokers.', expected: "'${env:NAME}' or '${file:path}'" })
  password!: SecretRef;
}

export class KafkaLogSettings extends EventLogSettings {
  declare kind: 'kafka';

  @Setting({
    meaning: 'Brokers to begin with, as a list or one text with commas.',
    expected: 'host:port, one or several',
  })
  @Transform(({ value }): unknown => (typeof value === 'string' ? value.split(',').map((each) => each.trim()) : value))
  @IsArray()
  @ArrayNotEmpty()
  @Matches(/^[^\s:]+:\d{1,5}$/, { each: true })
  brokers!: string[];

  @Setting({ meaning: 'Name that the brokers see.', expected: 'a text', default: 'syncline' })
  @IsString()
  @MinLength(1)
  clientId: string = 'syncline';

  @Setting({
    meaning: 'Copies of each topic that Syncline creates. From 3 on, most of them have to have a message before it counts.',
    expected: 'a whole number, 1 to 9',
    default: '1',
  })
  @IsInt()
  @Min(1)
  @Max(9)
  replicationFactor: number = 1;

  @Setting({
    meaning: 'Partitions of each topic that Syncline creates: the most processes of one role that share the work.',
    expected: 'a whole number, 1 to 200',
    default: '6',
  })
  @IsInt()
  @Min(1)
  @Max(200)
  partitions: number = 6;

  @TlsSetting(MutualTlsSettings, 'Whether the connection is encrypted, and what is trusted.')
  tls?: MutualTlsSettings;

  @Setting({ meaning: 'Login at the brokers.', expected: 'a section', default: 'none' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SaslSettings)
  sasl?: SaslSettings;
}
