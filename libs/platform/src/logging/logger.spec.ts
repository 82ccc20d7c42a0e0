import { createLogger, NestLogger } from './logger';

describe('createLogger', () => {
  const logged = (level: string, write: (logger: ReturnType<typeof createLogger>) => void): string[] => {
    const lines: string[] = [];
    write(createLogger({ level, role: 'ingest', destination: { write: (line) => void lines.push(line) } }));
    return lines;
  };

  it('writes one JSON line for each message, with level, role and time', () => {
    const [line] = logged('warn', (logger) => logger.error({ topic: 't', partition: 0, offset: 7 }, 'store is away'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 'error',
      role: 'ingest',
      topic: 't',
      offset: 7,
      msg: 'store is away',
    });
  });

  it('never shows secrets or payloads', () => {
    const [line] = logged('warn', (logger) =>
      logger.error({ password: 'x1', target: { token: 'x2' }, value: 'x3' }, 'failed'),
    );
    expect(line).not.toMatch(/x[123]/);
  });

  it('is silent about a normal start of Nest, and not about its errors', () => {
    const lines = logged('warn', (logger) => {
      new NestLogger(logger).log('Nest application successfully started', 'NestApplication');
      new NestLogger(logger).error('boom', 'Error: boom\n    at x', 'Router');
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', context: 'Router', msg: 'boom' });
  });
});
