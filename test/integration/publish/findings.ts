import { API_SCHEMAS } from '@syncline/contracts';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './gateway.harness';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

/** What an answer has against the schema that OpenAPI shows for it; empty when it keeps it. */
export function findings(schema: string, answer: Answer): unknown {
  const validate = ajv.compile(API_SCHEMAS[schema]);
  return validate(answer.body) ? [] : validate.errors;
}
