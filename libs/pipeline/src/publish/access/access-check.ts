import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { SynclineError } from '@syncline/model';
import { PUBLISH_ERRORS } from '../errors';
import { ACCESS_MATRIX } from './access-matrix';
import { endpointsOf } from './endpoint';

/** Refuses the start when any controller of the process has an endpoint without declared roles. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  /** @throws SynclineError ENDPOINT_WITHOUT_ROLES */
  onModuleInit(): void {
    const controllers = [...this.modules.values()].flatMap((module) => [...module.controllers.values()]);
    const types = controllers
      .map(({ metatype }) => metatype)
      .filter((type): type is Type => typeof type === 'function');
    const undeclared = undeclaredEndpoints(types);
    if (undeclared.length === 0) return;
    const { kind, advice } = PUBLISH_ERRORS.ENDPOINT_WITHOUT_ROLES;
    const message = `no roles are declared for ${undeclared.join(', ')}`;
    throw new SynclineError({ code: 'ENDPOINT_WITHOUT_ROLES', kind, message, advice });
  }
}

/** Endpoints of these controllers that the access matrix does not name. */
export function undeclaredEndpoints(controllers: readonly Type[]): string[] {
  return controllers.flatMap(endpointsOf).filter((endpoint) => !(endpoint in ACCESS_MATRIX));
}
