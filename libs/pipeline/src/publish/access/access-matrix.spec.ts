import { ACCESS_MATRIX, mayUse } from './access-matrix';
import { ROLES } from './roles';

const endpointsWhere = (holds: (endpoint: string) => boolean): string[] => Object.keys(ACCESS_MATRIX).filter(holds);

describe('the access matrix', () => {
  it('opens nothing without a key but the description of the API, health and metrics', () => {
    expect(endpointsWhere((endpoint) => mayUse(endpoint, null))).toEqual([
      'GET /',
      'GET /openapi.json',
      'GET /docs',
      'GET /docs/{file}',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
    ]);
  });

  it('lets subscribers read and nothing else', () => {
    const writing = endpointsWhere((endpoint) => mayUse(endpoint, 'subscriber') && !endpoint.startsWith('GET '));
    expect(writing).toEqual([]);
  });

  it('leaves keys to administrators, and failed messages and connectors to those who operate', () => {
    const users = (part: RegExp): string[] => [
      ...new Set(
        endpointsWhere((endpoint) => part.test(endpoint)).flatMap((endpoint) =>
          ROLES.filter((role) => mayUse(endpoint, role)),
        ),
      ),
    ];
    expect(users(/ \/api-keys/)).toEqual(['administrator']);
    expect(users(/ \/(dead-letters|connectors|ingest|audit)/)).toEqual(['operator', 'administrator']);
  });

  it('admits nobody to an endpoint that it does not name', () => {
    for (const role of [...ROLES, null]) expect(mayUse('GET /secret', role)).toBe(false);
  });
});
