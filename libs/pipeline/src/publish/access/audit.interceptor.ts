import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { RecordChange } from '../use-cases/record-change';
import { CHANGES_NOTHING } from './access-matrix';
import { callerOf } from './caller';
import { endpointOf } from './endpoint';

/**
 * No change without an entry in the audit: what an endpoint does not record itself is recorded here, as who called
 * which endpoint on what.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly change: RecordChange) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    const endpoint = endpointOf(context.getClass(), context.getHandler() as (...parameters: never[]) => unknown) ?? '';
    if (!caller || endpoint.startsWith('GET ') || CHANGES_NOTHING.includes(endpoint)) return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (!this.change.isRecorded(caller)) {
          const subject = Object.values((request.params ?? {}) as Record<string, string>).join('/');
          await this.change.record({ caller, trace: String(request.id) }, endpoint, subject || endpoint);
        }
        return answer;
      }),
    );
  }
}
