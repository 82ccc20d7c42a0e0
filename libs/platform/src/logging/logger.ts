import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Logger } from 'pino';

/** Field names whose values never reach a log, wherever they stand in what is logged. */
const REDACTED = [
  'password',
  'secret',
  'token',
  'authorization',
  'apiKey',
  'api_key',
  'url',
  'payload',
  'value',
  'body',
];

/** JSON on standard output: one line per failure, nothing while all is well. */
export function createLogger(options: { level: string; role: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { role: options.role },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** Nest's own messages on the same log. Its news of a normal start are debug here: silent when healthy. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    this.logger.debug(fieldsOf(more), textOf(message));
  }

  error(message: unknown, ...more: unknown[]): void {
    this.logger.error(fieldsOf(more), textOf(message));
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.logger.warn(fieldsOf(more), textOf(message));
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.logger.debug(fieldsOf(more), textOf(message));
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.logger.trace(fieldsOf(more), textOf(message));
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.logger.fatal(fieldsOf(more), textOf(message));
  }
}

// Nest appends the context as the last text, and for errors the stack before it.
function fieldsOf(more: unknown[]): Record<string, unknown> {
  const texts = more.filter((each): each is string => typeof each === 'string');
  const context = texts[texts.length - 1];
  const stack = texts.find((each) => each.includes('\n    at '));
  return { ...(context && context !== stack ? { context } : {}), ...(stack ? { stack } : {}) };
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
