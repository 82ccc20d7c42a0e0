import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CheckReadiness, type HealthCheck } from '@syncline/pipeline/publish';
import type { PrometheusMetrics } from '@syncline/platform';

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** Health and metrics of a process that serves no API, under the same paths as the gateway's. */
export function createHealthServer(checks: readonly HealthCheck[], metrics: PrometheusMetrics): Server {
  const readiness = new CheckReadiness(checks);
  const json = (status: number, body: unknown): Answer => ({
    status,
    type: 'application/json',
    text: JSON.stringify(body),
  });
  const answer = async (path: string): Promise<Answer> => {
    if (path === '/health/live') return json(200, { status: 'up' });
    if (path === '/metrics') return { status: 200, type: metrics.contentType, text: await metrics.text() };
    if (path !== '/health/ready') return json(404, { code: 'NOT_FOUND' });
    const state = await readiness.check();
    return json(state.status === 'up' ? 200 : 503, state);
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, type, text } = await answer(request.url?.split('?')[0] ?? '').catch(() =>
      json(500, { code: 'INTERNAL' }),
    );
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  return createServer((request, response) => void respond(request, response));
}
