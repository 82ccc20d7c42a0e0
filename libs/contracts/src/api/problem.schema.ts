import { flag, text, type JsonSchema } from '../schemas/json-schema';

export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'Why a request was not carried out (RFC 9457, with a stable code).',
  properties: {
    code: text('Stable; see the error reference.'),
    title: text('What the code means.'),
    detail: text('What is wrong with this request, and what is allowed.'),
    status: { type: 'integer', description: 'HTTP status.' },
    where: text('Parameter, field path or place in a file.'),
    advice: text('What to do about it.'),
    retryable: flag('The same request can succeed later.'),
    trace: text('Finds the request in the logs.'),
  },
  required: ['code', 'title', 'detail', 'status', 'retryable', 'trace'],
};
