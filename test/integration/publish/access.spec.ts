import { Controller, Get, Post } from '@nestjs/common';
import { ACCESS_MATRIX } from '@syncline/pipeline/publish';
import type { OpenAPIObject } from '@nestjs/swagger';
import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { undeclaredEndpoints } from '../../../libs/pipeline/src/publish/access/access-check';
import { GatewayHarness } from './gateway.harness';

const ENDPOINTS = Object.keys(ACCESS_MATRIX).sort();

describe('access', () => {
  let gateway: GatewayHarness;

  beforeAll(async () => {
    gateway = await GatewayHarness.start(temporarySqliteStore);
  });

  afterAll(() => gateway.stop());

  it('has no route beside the endpoints that the matrix names', () => {
    expect(gateway.routes.sort()).toEqual(ENDPOINTS);
  });

  it('documents every endpoint with its roles and problem responses', async () => {
    const document = (await gateway.call('GET', '/openapi.json', null)).body as unknown as OpenAPIObject;
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ endpoint: `${method.toUpperCase()} ${path}`, operation })),
    );
    expect(documented.map(({ endpoint }) => endpoint).sort()).toEqual(ENDPOINTS);
    for (const { endpoint, operation } of documented) {
      const { responses, summary } = operation as { responses: Record<string, { content?: object }>; summary: string };
      const statuses = Object.keys(responses);
      expect([endpoint, summary]).toEqual([endpoint, expect.stringMatching(/\w/)]);
      expect([endpoint, statuses]).toEqual([endpoint, expect.arrayContaining(['500'])]);
      if (ACCESS_MATRIX[endpoint] !== 'public')
        expect([endpoint, statuses]).toEqual([endpoint, expect.arrayContaining(['401', '403'])]);
      for (const status of statuses.filter(
        (each) => Number(each) >= 400 && !(endpoint.endsWith('ready') && each === '503'),
      )) {
        expect([endpoint, status, responses[status].content]).toEqual([
          endpoint,
          status,
          { 'application/problem+json': expect.anything() },
        ]);
      }
    }
  });

  it('refers to no schema that is not there', async () => {
    const { text } = await gateway.call('GET', '/openapi.json', null);
    const document = JSON.parse(text) as OpenAPIObject;
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect([name, name in (document.components?.schemas ?? {})]).toEqual([name, true]);
    }
  });

  it('serves the page and its files from here, without any foreign address', async () => {
    const page = await gateway.call('GET', '/docs', null);
    expect([page.status, page.headers['content-security-policy']]).toEqual([
      200,
      expect.stringContaining("default-src 'self'"),
    ]);
    expect(page.text).not.toMatch(/https?:\/\//);
    for (const [, file] of page.text.matchAll(/(?:src|href)="docs\/([^"]+)"/g)) {
      expect([file, (await gateway.call('GET', `/docs/${file}`, null)).status]).toEqual([file, 200]);
    }
    expect((await gateway.call('GET', '/docs/..%2fpackage.json', null)).status).toBe(404);
  });

  it('answers an unknown endpoint, method and malformed body in the same form', async () => {
    expect((await gateway.call('GET', '/nothing', null)).body.code).toBe('ENDPOINT_NOT_FOUND');
    expect((await gateway.call('PATCH', '/customers', 'analyst')).body.code).toBe('ENDPOINT_NOT_FOUND');
    const key = gateway.keys.administrator;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const malformed = await gateway.app.inject({ method: 'POST', url: '/api-keys', headers, payload: '{' });
    expect([malformed.statusCode, malformed.json<{ code: string }>().code]).toEqual([400, 'BAD_BODY']);
    const media = await gateway.app.inject({
      method: 'POST',
      url: '/api-keys',
      headers: { ...headers, 'content-type': 'text/xml' },
      payload: '<a/>',
    });
    expect([media.statusCode, media.json<{ code: string }>().code]).toEqual([415, 'MEDIA_TYPE']);
    const large = await gateway.app.inject({
      method: 'POST',
      url: '/ingest/erp',
      headers,
      payload: Buffer.alloc(17 * 1024 * 1024, '1'),
    });
    expect([large.statusCode, large.json<{ code: string }>().code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it('keeps a trace that is safe to log and makes one otherwise', async () => {
    const traceOf = async (headers: Record<string, string>): Promise<unknown> =>
      (await gateway.app.inject({ method: 'GET', url: '/me', headers })).json<{ trace: string }>().trace;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(await traceOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(trace);
    expect(await traceOf({ 'x-request-id': 'order-7' })).toBe('order-7');
    expect(await traceOf({ 'x-request-id': 'a\tb {}' })).toMatch(/^[0-9a-f]{32}$/);
  });

  it('refuses to start with an endpoint that no roles are declared for', async () => {
    @Controller('secret')
    class Undeclared {
      @Get(':id')
      read(): void {}

      @Post()
      write(): void {}
    }
    expect(undeclaredEndpoints([Undeclared])).toEqual(['GET /secret/{id}', 'POST /secret']);
    await expect(gateway.startWith(Undeclared)).rejects.toMatchObject({ code: 'ENDPOINT_WITHOUT_ROLES' });
  });
});
