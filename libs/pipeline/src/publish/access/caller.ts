import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { requestError } from '../problem/problem';
import type { Role } from './roles';

/** Who makes a request, by the key it carries. */
export interface Caller {
  keyId: string;
  name: string;
  role: Role;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** How a caller is named in the audit. */
export function actorOf(caller: Caller): string {
  return `key:${caller.keyId} ${caller.name}`;
}

/** The caller of a request; undefined where the endpoint needs no key. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** The caller of the request; only on endpoints that need a key. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw requestError('KEY_MISSING', 'The request carries no API key.');
  return caller;
});

/** The request's trace: the id under which the logs and the audit have it. */
export const TraceOf = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  String(context.switchToHttp().getRequest<FastifyRequest>().id),
);
