import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';

type Handler = (...parameters: never[]) => unknown;

/**
 * The name of the endpoint that a controller's method answers, as in the access matrix and in OpenAPI:
 * `GET /customers/{id}`. Undefined for a method that answers no HTTP request.
 */
export function endpointOf(controller: Type, handler: Handler): string | undefined {
  const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
  const path: unknown = Reflect.getMetadata(PATH_METADATA, handler);
  if (typeof method !== 'number' || typeof path !== 'string') return undefined;
  const prefix: unknown = Reflect.getMetadata(PATH_METADATA, controller);
  return `${RequestMethod[method]} ${pathOf(typeof prefix === 'string' ? prefix : '', path)}`;
}

function pathOf(prefix: string, path: string): string {
  const parts = `${prefix}/${path}`.split('/').filter((part) => part !== '');
  return `/${parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/')}`;
}

/** The endpoints of a controller class. */
export function endpointsOf(controller: Type): string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .map((name) => prototype[name])
    .filter((member): member is Handler => typeof member === 'function')
    .map((member) => endpointOf(controller, member))
    .filter((endpoint) => endpoint !== undefined);
}
