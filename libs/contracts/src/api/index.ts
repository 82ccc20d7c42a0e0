import type { JsonSchema } from '../schemas/json-schema';
import { CREDIT_SCHEMAS } from './credit.schemas';
import { CUSTOMER_SCHEMAS } from './customer.schemas';
import { EXPLAIN_SCHEMAS } from './explain.schemas';
import { INSIGHT_SCHEMAS } from './insight.schemas';
import { OPERATIONS_SCHEMAS } from './operations.schemas';
import { ORDER_SCHEMAS } from './order.schemas';
import { RECEIVABLES_SCHEMAS } from './receivables.schemas';
import { RECONCILIATION_SCHEMAS } from './reconciliation.schemas';
import { PROBLEM_SCHEMA } from './problem.schema';

/** Component name → schema of what the REST API answers; OpenAPI and the tests of the API read them. */
export const API_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ...CREDIT_SCHEMAS,
  ...CUSTOMER_SCHEMAS,
  ...EXPLAIN_SCHEMAS,
  ...INSIGHT_SCHEMAS,
  ...OPERATIONS_SCHEMAS,
  ...ORDER_SCHEMAS,
  ...RECEIVABLES_SCHEMAS,
  ...RECONCILIATION_SCHEMAS,
  Problem: PROBLEM_SCHEMA,
};
