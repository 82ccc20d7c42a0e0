import type { JsonSchema } from '../schemas/json-schema';
import { CUSTOMER_SCHEMAS } from './customer.schemas';
import { EXPLAIN_SCHEMAS } from './explain.schemas';
import { OPERATIONS_SCHEMAS } from './operations.schemas';
import { PROBLEM_SCHEMA } from './problem.schema';

/** Component name → schema of what the REST API answers; OpenAPI and the tests of the API read them. */
export const API_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ...CUSTOMER_SCHEMAS,
  ...EXPLAIN_SCHEMAS,
  ...OPERATIONS_SCHEMAS,
  Problem: PROBLEM_SCHEMA,
};
