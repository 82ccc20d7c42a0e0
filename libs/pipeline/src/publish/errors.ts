import type { ErrorKind } from '@syncline/model';

export interface PublishErrorDescription {
  kind: ErrorKind;
  /** HTTP status of the problem response. */
  status: number;
  meaning: string;
  advice: string;
}

const request = (status: number, meaning: string, advice: string): PublishErrorDescription => ({
  kind: 'request',
  status,
  meaning,
  advice,
});

/** Every code that the API answers with by itself; other libraries' codes pass through with their own. */
export const PUBLISH_ERRORS = {
  BAD_QUERY: request(
    400,
    'A query parameter or the body has a value that is not allowed.',
    'The detail names what is allowed.',
  ),
  BAD_CURSOR: request(
    400,
    'The cursor was not made by this query.',
    'Take next_cursor as it came, with the same filters and sort.',
  ),
  BAD_BODY: request(400, 'The body is not what the endpoint reads.', 'The API page shows the form.'),
  BAD_ADDRESS: request(
    400,
    'The address of the request can not be read.',
    'Percent-encode each part by itself; a part has at most 1,000 characters.',
  ),
  EXPLAIN_PATH: request(400, 'There is no such path to explain.', 'The detail names the paths that can be explained.'),
  KEY_MISSING: request(401, 'The request carries no API key.', 'Send `Authorization: Bearer syk_…`.'),
  KEY_REFUSED: request(401, 'The API key is unknown, expired or revoked.', 'Ask an administrator for a new key.'),
  ATTEMPTS_LOCKED: {
    kind: 'transient',
    status: 429,
    meaning: 'Too many attempts with a wrong API key came from this address, or for this key.',
    advice: 'Correct the key, and try again after Retry-After seconds.',
  },
  RATE_LIMITED: {
    kind: 'transient',
    status: 429,
    meaning: 'The API key made more requests than it may in a minute.',
    advice: 'Try again after Retry-After seconds; ask for lists in larger pages, or raise http.limits.',
  },
  ROLE_REFUSED: request(403, "The key's role may not do this.", 'The detail names the roles that may.'),
  ENDPOINT_NOT_FOUND: request(404, 'There is no such endpoint.', 'GET /openapi.json lists them.'),
  CUSTOMER_NOT_FOUND: request(
    404,
    'No customer has this id.',
    'Search with GET /customers?q= or GET /accounts/{system}/{key}.',
  ),
  ACCOUNT_NOT_FOUND: request(
    404,
    'No customer has this account.',
    'Check the system name and the key, which is not the code.',
  ),
  RATING_NOT_FOUND: request(
    404,
    'The customer was not rated.',
    'Accounts that are not customers are never rated; others are within a moment.',
  ),
  INSIGHT_NOT_FOUND: request(
    404,
    'The customers were not evaluated yet.',
    'It happens once a business day, and some seconds after the first customers came and nothing new comes.',
  ),
  CLASS_NOT_FOUND: request(
    404,
    'Nobody decided on the class of this customer.',
    'GET /customers/{id} says in insight.class who decided.',
  ),
  CONNECTOR_NOT_FOUND: request(404, 'No connector has this name.', 'GET /connectors lists them.'),
  DEAD_LETTER_NOT_FOUND: request(404, 'There is no such dead letter.', 'GET /dead-letters lists them.'),
  API_KEY_NOT_FOUND: request(404, 'No API key has this id.', 'GET /api-keys lists them.'),
  MATCH_DECIDED: request(
    409,
    'A decision is in force on these two accounts.',
    'Take it back first: DELETE /identity-decisions/{id}.',
  ),
  DECISION_NOT_FOUND: request(404, 'No identity decision in force has this id.', 'GET /identity-decisions lists them.'),
  OVERRIDE_NOT_FOUND: request(404, 'No override has this id.', 'GET /customers/{id}/overrides lists them.'),
  OVERRIDE_REFUSED: request(
    422,
    'The policy does not let a person decide that.',
    'The detail names what is missing or too much; section `override` of the policy has the bounds.',
  ),
  OVERRIDE_SAME_PERSON: request(
    403,
    'Who proposed an override does not approve it.',
    'Ask a second person, whose API key has another name.',
  ),
  OVERRIDE_DECIDED: request(409, 'The override is not in a state for this.', 'Look at its status; propose a new one.'),
  POLICY_NOT_FOUND: request(
    404,
    'No such policy is known.',
    'GET /policies lists them; the rate stage registers them.',
  ),
  POLICY_INVALID: request(
    422,
    'The credit policy has findings.',
    'Correct the named places; docs/reference/credit-policy.md describes every field.',
  ),
  POLICY_DECIDED: request(409, 'The policy does not wait for approval.', 'GET /policies shows its status.'),
  SYSTEM_NOT_FOUND: request(
    404,
    'No system has this name.',
    'Systems are described in config/systems/; GET /connectors lists them.',
  ),
  CONFIG_IS_FILES: request(
    405,
    'Connectors are not created, changed or deleted through the API: their configuration lies in files.',
    'Edit the file under config/systems/ or config/targets/ and restart; `syncline doctor` checks it first.',
  ),
  CONNECTOR_NOT_STOPPABLE: request(
    409,
    'This process does not run the connector.',
    'Ask the process of the stage that runs it.',
  ),
  BODY_TOO_LARGE: request(413, 'The body is larger than the gateway takes.', 'Send it in parts.'),
  MEDIA_TYPE: request(
    415,
    'The body has a media type that the endpoint does not read.',
    'Send application/json or application/x-ndjson.',
  ),
  INGEST_BEHIND: {
    kind: 'transient',
    status: 429,
    meaning: 'The stages are too far behind to take more.',
    advice: 'Send it again after Retry-After seconds.',
  },
  INTERNAL: {
    kind: 'fatal',
    status: 500,
    meaning: 'Something went wrong that nobody foresaw; the log has it under the trace of the answer.',
    advice: 'Try again; report it with the trace.',
  },
  ENDPOINT_WITHOUT_ROLES: {
    kind: 'fatal',
    status: 500,
    meaning: 'The program has an endpoint that the access matrix does not name; the start is refused.',
    advice: 'Add it to access-matrix.ts.',
  },
} as const satisfies Record<string, PublishErrorDescription>;

export type PublishErrorCode = keyof typeof PUBLISH_ERRORS;
