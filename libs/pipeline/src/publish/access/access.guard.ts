import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { API_KEY_STORE, type ApiKeyStore } from '../ports/access-store.port';
import { requestError } from '../problem/problem';
import { AccessLimits } from './access-limits';
import { ACCESS_MATRIX, mayUse } from './access-matrix';
import { apiKeyId, matchesApiKey, type ApiKey } from './api-key';
import { setCaller } from './caller';
import { endpointOf } from './endpoint';

/** Lets a request through only if the access matrix says so: without an entry, nobody gets in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(API_KEY_STORE) private readonly keys: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: AccessLimits,
  ) {}

  /** @throws SynclineError KEY_MISSING, KEY_REFUSED, ROLE_REFUSED, ATTEMPTS_LOCKED, RATE_LIMITED */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const endpoint = endpointOf(context.getClass(), context.getHandler() as (...parameters: never[]) => unknown) ?? '';
    const access = ACCESS_MATRIX[endpoint];
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = await this.keyOf(request);
    if (!mayUse(endpoint, key.role)) {
      throw requestError(
        'ROLE_REFUSED',
        `${endpoint} is for ${access?.join(', ') ?? 'nobody'}; this key is ${key.role}.`,
      );
    }
    setCaller(request, { keyId: key.id, name: key.name, role: key.role });
    return true;
  }

  private async keyOf(request: FastifyRequest): Promise<ApiKey> {
    const presented = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!presented) throw requestError('KEY_MISSING', 'The request carries no API key.');
    const id = apiKeyId(presented);
    this.limits.admit(request.ip, id);
    const stored = id === undefined ? undefined : await this.keys.find(id);
    if (!matchesApiKey(presented, stored, instantOf(this.clock.now()))) {
      this.limits.failed(request.ip, id);
      throw requestError('KEY_REFUSED', 'The API key is unknown, expired or revoked.');
    }
    this.limits.used(request.ip, stored.id);
    return stored;
  }
}
