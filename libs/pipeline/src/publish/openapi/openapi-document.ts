import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_SCHEMAS } from '@syncline/contracts';
import { ACCESS_MATRIX } from '../access/access-matrix';
import { problemResponses } from '../http/endpoint.decorator';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const BEARER = 'api_key';

/** The OpenAPI document of the running application: its endpoints, their answers, problems and roles. */
export function openApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Syncline')
    .setDescription('The unified customer view, its credit ratings, and the operation of what makes them.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: syk_…' }, BEARER)
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...components() } };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) describeAccess(operation, `${method.toUpperCase()} ${path}`);
    }
  }
  document.paths = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  return document;
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

function describeAccess(operation: Operation, endpoint: string): void {
  const access = ACCESS_MATRIX[endpoint] ?? [];
  const isPublic = access === 'public';
  Object.assign(operation, { 'x-roles': access });
  const codes = isPublic
    ? (['INTERNAL'] as const)
    : (['KEY_MISSING', 'KEY_REFUSED', 'ATTEMPTS_LOCKED', 'RATE_LIMITED', 'ROLE_REFUSED', 'INTERNAL'] as const);
  for (const { status, ...response } of problemResponses(codes)) operation.responses[String(status)] ??= response;
  if (isPublic) return;
  operation.security = [{ [BEARER]: [] }];
  operation.description = [operation.description, `Roles: ${access.join(', ')}.`].filter(Boolean).join(' ');
}

/** The contracts' schemas without what OpenAPI's components don't carry. */
function components(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']> {
  return JSON.parse(JSON.stringify(API_SCHEMAS)) as NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
}

function operationIdFactory(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}_${method}`;
}
