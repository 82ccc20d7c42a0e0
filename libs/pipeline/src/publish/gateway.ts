import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { openApiDocument } from './openapi/openapi-document';
import { OpenApiHolder } from './openapi/openapi-holder';
import { PROBLEM_TYPE, problemOf, requestError } from './problem/problem';
import { PUBLISH_SETTINGS, type PublishSettings } from './publish-settings';

export interface GatewayOptions {
  /** The largest body in bytes; default 16 MiB. */
  bodyLimit?: number;
  /** Addresses and networks of proxies whose X-Forwarded-For tells the caller's address. Default: none. */
  trustedProxies?: readonly string[];
}

const BODY_LIMIT = 16 * 1024 * 1024;
const LONGEST_SEGMENT = 1_000;
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * The Fastify adapter of the gateway. Make the application with it and `gatewayAppOptions`, call
 * `finishGateway(app)` after `app.init()` or before `app.listen()`.
 */
export function createGatewayAdapter(options: GatewayOptions = {}): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    genReqId: traceOf,
    // Keys of accounts and dead letters are longer than what a router takes as it comes.
    routerOptions: { maxParamLength: LONGEST_SEGMENT },
    frameworkErrors: refuseAddress,
  });
  readBodies(adapter.getInstance());
  return adapter;
}

/** What an application with the gateway's adapter is made with: the adapter reads the bodies itself. */
export const gatewayAppOptions = { bodyParser: false } as const;

/** Makes the OpenAPI document, once all controllers are known. */
export function finishGateway(app: INestApplication): void {
  const { version } = app.get<PublishSettings>(PUBLISH_SETTINGS, { strict: false });
  app.get(OpenApiHolder, { strict: false }).document = openApiDocument(app, version);
}

/** What the router itself refuses, before any endpoint is found: an address that is no text, or far too long. */
function refuseAddress(_: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(requestError('BAD_ADDRESS', 'The address is malformed or too long.'), String(request.id));
  void reply.status(problem.status).header('content-type', PROBLEM_TYPE).send(problem);
}

/** The caller's trace where it has one in a form that is safe to log, else a new one. */
function traceOf(request: IncomingMessage): string {
  const traceparent = TRACEPARENT.exec(String(request.headers.traceparent ?? ''))?.[1];
  if (traceparent) return traceparent;
  const given = String(request.headers['x-request-id'] ?? '');
  return REQUEST_ID.test(given) ? given : randomUUID().replaceAll('-', '');
}

function readBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (keepsBytes(request)) done(null, body);
    else void parseJson(request, body.toString(), done);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', String(request.id)).header('x-content-type-options', 'nosniff');
    if (request.headers.authorization !== undefined) reply.header('cache-control', 'no-store');
    done();
  });
}

/** Events must reach ingest as they came: parsing would cost digits of their amounts. */
function keepsBytes(request: FastifyRequest): boolean {
  return request.url.startsWith('/ingest/');
}
