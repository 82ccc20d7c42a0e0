import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { Setting } from '../setting';
import { EmbeddedLogSettings, EventLogSettings, KafkaLogSettings } from './event-log.dto';
import { HttpSettings } from './http.dto';
import { BullmqQueueSettings, EmbeddedQueueSettings, JobQueueSettings } from './job-queue.dto';
import { MssqlStoreSettings, PostgresStoreSettings, SqliteStoreSettings, StoreSettings } from './store.dto';

export class BatchSettings {
  @Setting({
    meaning:
      'The most messages in one transaction. More is faster and takes more memory; a failed batch is done again as a whole.',
    expected: 'a whole number, 1 to 20000',
    default: '2000',
  })
  @IsInt()
  @Min(1)
  @Max(20_000)
  maxMessages: number = 2000;

  @Setting({
    meaning:
      'Records that may wait for reconcile. While more do, POST /ingest answers 429 with Retry-After and takes nothing.',
    expected: 'a whole number, at least 1',
    default: '200000',
  })
  @IsInt()
  @Min(1)
  mostWaiting: number = 200_000;
}

export class ShutdownSettings {
  @Setting({
    meaning:
      'Seconds that batches and deliveries in flight get when the process is told to stop. What is not done by then is done again at the next start.',
    expected: 'a whole number, 1 to 600',
    default: '25',
  })
  @IsInt()
  @Min(1)
  @Max(600)
  graceSeconds: number = 25;
}

export class RateSettings {
  @Setting({
    meaning:
      'Rate waits while more messages than these wait before ingest and reconcile: what is rated of half of a first load would be brought to every system and taken back.',
    expected: 'a whole number, 0 to 10000000',
    default: '10000',
  })
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  backlogMessages: number = 10_000;

  @Setting({
    meaning: 'Rate waits so long at the most, then works as long, and so on while the others stay behind.',
    expected: 'a whole number, 1 to 86400',
    default: '60',
  })
  @IsInt()
  @Min(1)
  @Max(86_400)
  patienceSeconds: number = 60;
}

export class ThreadSettings {
  @Setting({
    meaning:
      'Where reconcile, the heaviest stage, works when all stages run in one process on SQLite: own = a thread of its own, main = the process’s, auto = own where the machine has more than one core.',
    expected: 'auto, own or main',
    default: 'auto',
  })
  @IsIn(['auto', 'own', 'main'])
  reconcile: 'auto' | 'own' | 'main' = 'auto';

  @Setting({
    meaning:
      'Where the daily evaluation compares all customers with each other: own = on a thread that is started for it and ends with it, main = the process’s thread, which then does nothing else for a second with some 10,000 customers.',
    expected: 'own or main',
    default: 'own',
  })
  @IsIn(['own', 'main'])
  insight: 'own' | 'main' = 'own';
}

/** config/profiles/<profile>.yaml */
export class ProfileFile {
  @Setting({
    meaning: 'The database that holds records, views, ratings and deliveries.',
    expected: 'a section with kind: sqlite, postgres or mssql',
  })
  @IsDefined()
  @ValidateNested()
  @Type(() => StoreSettings, {
    keepDiscriminatorProperty: true,
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'sqlite', value: SqliteStoreSettings },
        { name: 'postgres', value: PostgresStoreSettings },
        { name: 'mssql', value: MssqlStoreSettings },
      ],
    },
  })
  store!: SqliteStoreSettings | PostgresStoreSettings | MssqlStoreSettings;

  @Setting({
    meaning: 'Where change events come in and what was found out goes out.',
    expected: 'a section with kind: embedded or kafka',
  })
  @IsDefined()
  @ValidateNested()
  @Type(() => EventLogSettings, {
    keepDiscriminatorProperty: true,
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'embedded', value: EmbeddedLogSettings },
        { name: 'kafka', value: KafkaLogSettings },
      ],
    },
  })
  eventLog!: EmbeddedLogSettings | KafkaLogSettings;

  @Setting({ meaning: 'What wakes deliveries up.', expected: 'a section with kind: embedded or bullmq' })
  @IsDefined()
  @ValidateNested()
  @Type(() => JobQueueSettings, {
    keepDiscriminatorProperty: true,
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'embedded', value: EmbeddedQueueSettings },
        { name: 'bullmq', value: BullmqQueueSettings },
      ],
    },
  })
  jobQueue!: EmbeddedQueueSettings | BullmqQueueSettings;

  @Setting({ meaning: 'Where the process listens.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => HttpSettings)
  http: HttpSettings = new HttpSettings();

  @Setting({ meaning: 'How much is done in one transaction.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => BatchSettings)
  batch: BatchSettings = new BatchSettings();

  @Setting({ meaning: 'When rate waits for the stages ahead of it.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => RateSettings)
  rate: RateSettings = new RateSettings();

  @Setting({ meaning: 'What has a thread of its own.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => ThreadSettings)
  threads: ThreadSettings = new ThreadSettings();

  @Setting({ meaning: 'How the process ends.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => ShutdownSettings)
  shutdown: ShutdownSettings = new ShutdownSettings();
}
