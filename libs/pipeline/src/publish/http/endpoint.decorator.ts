import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { PUBLISH_ERRORS, type PublishErrorCode } from '../errors';

export interface EndpointDescription {
  summary: string;
  description?: string;
  /** Default 200. */
  status?: number;
  /** Component of API_SCHEMAS that it answers with; absent = no body. */
  answers?: string;
  /** Codes that it can answer with besides those of access and of unexpected errors. */
  problems?: readonly PublishErrorCode[];
}

/** Describes what an endpoint answers; status and documentation come from one place. */
export function Endpoint({
  summary,
  description,
  status = 200,
  answers,
  problems = [],
}: EndpointDescription): MethodDecorator {
  const schema = answers ? { schema: { $ref: `#/components/schemas/${answers}` } } : {};
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ...(status < 400 ? [ApiResponse({ status, description: summary, ...schema })] : []),
    ...problemResponses(problems).map((response) => ApiResponse(response)),
  );
}

const PROBLEM_CONTENT = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** One response for each status of these codes. */
export function problemResponses(codes: readonly PublishErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => PUBLISH_ERRORS[code].status))].sort();
  return statuses.map((status) => ({
    status,
    description: codes
      .filter((code) => PUBLISH_ERRORS[code].status === status)
      .map((code) => `${code}: ${PUBLISH_ERRORS[code].meaning}`)
      .join(' '),
    content: PROBLEM_CONTENT,
  }));
}
