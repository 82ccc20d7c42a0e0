import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import type { Services } from './installation';

type Name = Parameters<Services['crash']>[0];

interface StartedServices {
  env: Record<string, string>;
  byName: Record<Name, { crash(): Promise<void> }>;
  stop(): Promise<void>;
}

interface ServiceLibrary {
  startAll(names: Name[]): Promise<StartedServices>;
  missingOf(names: Name[]): string[];
}

const NAMES: Name[] = ['kafka', 'redis', 'postgres'];

/** Kafka, Redis and PostgreSQL of this harness's own, which it may therefore do anything to. */
export class TestServices implements Services {
  private constructor(private readonly started: StartedServices) {}

  static async start(): Promise<TestServices> {
    const path = pathToFileURL(join('test', 'services', 'lib', 'services.mjs')).href;
    const library = (await import(path)) as ServiceLibrary;
    const missing = library.missingOf(NAMES);
    if (missing.length > 0) throw new Error(`missing: ${missing.join('; ')}; see test/services/README.md`);
    const started = await library.startAll(NAMES);
    Object.assign(process.env, started.env);
    return new TestServices(started);
  }

  crash(name: Name): Promise<void> {
    return this.started.byName[name].crash();
  }

  async emptyRedis(): Promise<void> {
    const redis = new Redis(this.started.env['SYNCLINE_TEST_REDIS_URL']!);
    await redis.flushall();
    await redis.quit();
  }

  stop(): Promise<void> {
    return this.started.stop();
  }
}
