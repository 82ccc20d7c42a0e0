import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { SynclineError } from '@syncline/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublishErrorCode } from '../errors';
import { PROBLEM_TYPE, problemOf, requestError, RetryLaterError } from './problem';

/** Seconds after which a caller may try again, where nothing better is known. */
const RETRY_AFTER_SECONDS = 5;

const CODE_OF_STATUS: Readonly<Record<number, PublishErrorCode>> = {
  400: 'BAD_BODY',
  404: 'ENDPOINT_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE',
};

/** Answers every error of the API in one form and logs the unexpected ones, without their payload. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Gateway');

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(translate(thrown), String(request.id));
    if (problem.status >= 500) this.log(thrown, problem.code, problem.trace);
    if (problem.status === 429 || problem.status === 503) reply.header('retry-after', String(retryAfterOf(thrown)));
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    reply.status(problem.status).header('content-type', PROBLEM_TYPE).send(problem);
  }

  /** Messages of foreign errors can quote the data they failed on: only their names and places are logged. */
  private log(thrown: unknown, code: string, trace: string): void {
    const error = thrown instanceof Error ? thrown : new Error('not an Error');
    const frames = error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
      .join('\n');
    const what = error instanceof SynclineError ? error.message : error.name;
    this.logger.error({ message: `request failed: ${what}`, code, trace, frames });
  }
}

function retryAfterOf(thrown: unknown): number {
  return thrown instanceof RetryLaterError ? thrown.retryAfterSeconds : RETRY_AFTER_SECONDS;
}

/** Errors of Nest and Fastify (no route, malformed JSON, body too large) as ours. */
function translate(thrown: unknown): unknown {
  const status = statusOf(thrown);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  return code ? requestError(code, DETAIL_OF_CODE[code] ?? 'The request can not be read.') : thrown;
}

const DETAIL_OF_CODE: Partial<Record<PublishErrorCode, string>> = {
  BAD_BODY: 'The body is not well-formed.',
  ENDPOINT_NOT_FOUND: 'There is no endpoint with this method and path.',
  BODY_TOO_LARGE: 'The body is too large.',
  MEDIA_TYPE: 'The media type of the body is not read here.',
};

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof SynclineError) return undefined;
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = thrown instanceof Error ? (thrown as Error & { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
