import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckReadiness } from '../health/check-readiness';
import { Endpoint } from '../http/endpoint.decorator';
import { CollectGauges } from '../metrics/collect-gauges';
import { OpenApiHolder } from '../openapi/openapi-holder';
import { PAGE_POLICY, START_SCRIPT, SWAGGER_PAGE, swaggerFile } from '../openapi/swagger-files';
import { METRICS_EXPOSITION, type MetricsExposition } from '../ports/metrics-exposition.port';
import { requestError } from '../problem/problem';
import { PUBLISH_SETTINGS, type PublishSettings } from '../publish-settings';

@ApiTags('system')
@Controller()
export class SystemController {
  constructor(
    @Inject(PUBLISH_SETTINGS) private readonly settings: PublishSettings,
    @Inject(METRICS_EXPOSITION) private readonly metrics: MetricsExposition,
    private readonly gauges: CollectGauges,
    private readonly readiness: CheckReadiness,
    private readonly openApi: OpenApiHolder,
  ) {}

  @Get()
  @Endpoint({ summary: 'Where to go from here', answers: 'Index' })
  index() {
    const links = {
      api: '/openapi.json',
      docs: '/docs',
      customers: '/customers',
      connectors: '/connectors',
      dead_letters: '/dead-letters',
      deliveries: '/deliveries',
      health: '/health/ready',
      metrics: '/metrics',
    };
    return { name: 'Syncline', version: this.settings.version, links };
  }

  @Get('health/live')
  @Endpoint({ summary: 'The process runs', answers: 'Health' })
  live() {
    return { status: 'up', parts: {} };
  }

  @Get('health/ready')
  @ApiResponse({ status: 503, description: 'A part is down.', schema: { $ref: '#/components/schemas/Health' } })
  @Endpoint({ summary: 'Every part that is needed works; if not, which one and why', answers: 'Health' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const readiness = await this.readiness.check();
    if (readiness.status === 'down') reply.status(503);
    return readiness;
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @Endpoint({ summary: 'Metrics in the Prometheus text format' })
  async exposition(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.gauges.collect();
    reply.header('content-type', this.metrics.contentType);
    return this.metrics.text();
  }

  @Get('openapi.json')
  @Endpoint({ summary: 'This API as an OpenAPI document' })
  document() {
    return this.openApi.document ?? {};
  }

  @Get('docs')
  @ApiProduces('text/html')
  @Endpoint({ summary: 'This API as a page' })
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    return SWAGGER_PAGE;
  }

  @Get('docs/:file')
  @ApiProduces('text/css', 'text/javascript', 'image/png')
  @Endpoint({ summary: 'A file of that page', problems: ['ENDPOINT_NOT_FOUND'] })
  async file(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer | string> {
    if (name === 'start.js') {
      reply.header('content-type', 'text/javascript; charset=utf-8');
      return START_SCRIPT;
    }
    const file = await swaggerFile(name);
    if (!file) throw requestError('ENDPOINT_NOT_FOUND', 'There is no such file.');
    reply.header('content-type', file.type).header('cache-control', 'public, max-age=86400');
    return file.content;
  }
}
