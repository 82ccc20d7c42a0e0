import { ROLES, type Role } from './roles';

/** `public` needs no key. Everything else names the roles that may; there is no other way in. */
export type Access = 'public' | readonly Role[];

const EVERYBODY: Access = ROLES;
const INTERNAL: Access = ['operator', 'administrator', 'analyst'];
const OPERATIONS: Access = ['operator', 'administrator'];
const CREDIT: Access = ['administrator', 'analyst'];
const ADMINISTRATOR: Access = ['administrator'];

/**
 * Endpoint → who may. The guard reads it, the start fails for an endpoint that is not in it, the tests walk it
 * and docs/reference/access.md is made from it.
 */
export const ACCESS_MATRIX: Readonly<Record<string, Access>> = {
  'GET /': 'public',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  'GET /docs/{file}': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'public',

  'GET /me': EVERYBODY,

  'GET /customers': EVERYBODY,
  'GET /customers/{id}': EVERYBODY,
  'GET /customers/{id}/receivables': EVERYBODY,
  'GET /customers/{id}/orders': EVERYBODY,
  'GET /customers/{id}/timeline': EVERYBODY,
  'GET /customers/{id}/rating': EVERYBODY,
  'GET /customers/{id}/rating/explain': INTERNAL,
  'GET /customers/{id}/explain': INTERNAL,
  'POST /customers/{id}/erase': ADMINISTRATOR,
  'GET /customers/{id}/overrides': INTERNAL,
  'POST /customers/{id}/overrides': CREDIT,
  'GET /overrides': INTERNAL,
  'POST /overrides/{id}/approve': CREDIT,
  'POST /overrides/{id}/reject': CREDIT,
  'POST /overrides/{id}/revoke': CREDIT,

  'GET /policies': INTERNAL,
  'POST /policies/{digest}/approve': ADMINISTRATOR,
  'POST /policies/{digest}/refuse': ADMINISTRATOR,
  'POST /policy/diff': INTERNAL,
  'GET /accounts/{system}/{key}': EVERYBODY,
  'GET /key-accounts': CREDIT,
  'GET /insight': INTERNAL,
  'POST /insight/evaluate': OPERATIONS,
  'PUT /customers/{id}/class': ADMINISTRATOR,
  'DELETE /customers/{id}/class': ADMINISTRATOR,

  'GET /reconciliation': INTERNAL,

  'GET /matches': INTERNAL,
  'GET /matches/why': INTERNAL,
  'POST /matches/confirm': ADMINISTRATOR,
  'POST /matches/reject': ADMINISTRATOR,
  'POST /matches/defer': ADMINISTRATOR,
  'POST /matches/assign': ADMINISTRATOR,

  'GET /identity-decisions': INTERNAL,
  'POST /customers/merge': ADMINISTRATOR,
  'POST /customers/{id}/split': ADMINISTRATOR,
  'DELETE /identity-decisions/{id}': ADMINISTRATOR,

  'GET /connectors': OPERATIONS,
  'POST /connectors': OPERATIONS,
  'GET /connectors/{name}': OPERATIONS,
  'DELETE /connectors/{name}': OPERATIONS,
  'GET /connectors/{name}/config': OPERATIONS,
  'PUT /connectors/{name}/config': OPERATIONS,
  'GET /connectors/{name}/status': OPERATIONS,
  'GET /connectors/{name}/offsets': OPERATIONS,
  'PUT /connectors/{name}/pause': OPERATIONS,
  'PUT /connectors/{name}/resume': OPERATIONS,
  'PUT /connectors/{name}/stop': OPERATIONS,
  'POST /connectors/{name}/restart': OPERATIONS,

  'GET /dead-letters': OPERATIONS,
  'GET /dead-letters/{topic}/{partition}/{offset}': OPERATIONS,
  'POST /dead-letters/replay': OPERATIONS,
  'POST /dead-letters/discard': OPERATIONS,

  'GET /deliveries': INTERNAL,
  'POST /deliveries/retry': OPERATIONS,
  'GET /waiting': INTERNAL,

  'POST /ingest/{system}': OPERATIONS,

  'GET /audit': OPERATIONS,
  'GET /audit/verify': OPERATIONS,
  'GET /api-keys': ADMINISTRATOR,
  'POST /api-keys': ADMINISTRATOR,
  'POST /api-keys/{id}/rotate': ADMINISTRATOR,
  'DELETE /api-keys/{id}': ADMINISTRATOR,
};

/** Endpoints that change nothing though they are no GET. */
export const CHANGES_NOTHING: readonly string[] = [
  'POST /policy/diff',
  'POST /connectors',
  'DELETE /connectors/{name}',
  'PUT /connectors/{name}/config',
];

/** Whether `role` (null = no key) may use an endpoint of the matrix. An unknown endpoint admits nobody. */
export function mayUse(endpoint: string, role: Role | null): boolean {
  const access = ACCESS_MATRIX[endpoint];
  if (access === undefined) return false;
  return access === 'public' || (role !== null && access.includes(role));
}
