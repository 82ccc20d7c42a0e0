import { Controller, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import type { Caller } from '../access/caller';
import { CallerOf, TraceOf } from '../access/caller';
import { PUBLISH_ERRORS } from '../errors';
import { checkedQuery } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { FlagField } from '../http/query-fields';
import { CONNECTOR_CONTROL, type Connector, type ConnectorControl } from '../ports/connector-control.port';
import { requestError } from '../problem/problem';
import { RecordChange } from '../use-cases/record-change';
import { connectorInfo, connectorStatus, lagView } from '../views/connector-view';

class ExpandQuery {
  @ApiPropertyOptional({ type: [String], enum: ['status', 'info'], description: 'May be given twice.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value : [value]))
  @IsIn(['status', 'info'], { each: true, message: '$property must be status or info' })
  expand?: string[];
}

class RestartQuery {
  @FlagField('Also its tasks. Default false.')
  includeTasks: boolean = false;

  @FlagField('Only what failed. Default false.')
  onlyFailed: boolean = false;
}

/** Connectors in the shape of the Kafka Connect REST API: a source for each system, a sink for each target. */
@ApiTags('connectors')
@Controller('connectors')
export class ConnectorsController {
  constructor(
    @Inject(CONNECTOR_CONTROL) private readonly control: ConnectorControl,
    private readonly change: RecordChange,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Names of the connectors; with expand, their status and info by name',
    answers: 'ConnectorNames',
    problems: ['BAD_QUERY'],
  })
  async list(@Query(checkedQuery(ExpandQuery)) { expand }: ExpandQuery) {
    const connectors = await this.control.list();
    if (!expand) return connectors.map(({ name }) => name);
    return Object.fromEntries(
      connectors.map((connector) => [
        connector.name,
        {
          ...(expand.includes('status') ? { status: connectorStatus(connector) } : {}),
          ...(expand.includes('info') ? { info: connectorInfo(connector) } : {}),
        },
      ]),
    );
  }

  @Post()
  @Endpoint({ summary: 'Not here: connectors are files', status: 405, problems: ['CONFIG_IS_FILES'] })
  create(): never {
    throw configIsFiles();
  }

  @Get(':name')
  @Endpoint({ summary: 'A connector', answers: 'ConnectorInfo', problems: ['CONNECTOR_NOT_FOUND'] })
  async info(@Param('name') name: string) {
    return connectorInfo(await this.connector(name));
  }

  @Delete(':name')
  @Endpoint({ summary: 'Not here: connectors are files', status: 405, problems: ['CONFIG_IS_FILES'] })
  remove(): never {
    throw configIsFiles();
  }

  @Get(':name/config')
  @Endpoint({
    summary: 'Its configuration; secrets are references',
    answers: 'ConnectorConfig',
    problems: ['CONNECTOR_NOT_FOUND'],
  })
  async config(@Param('name') name: string) {
    return connectorInfo(await this.connector(name)).config;
  }

  @Put(':name/config')
  @Endpoint({ summary: 'Not here: connectors are files', status: 405, problems: ['CONFIG_IS_FILES'] })
  configure(): never {
    throw configIsFiles();
  }

  @Get(':name/status')
  @Endpoint({
    summary: 'Its state and that of its tasks',
    answers: 'ConnectorStatus',
    problems: ['CONNECTOR_NOT_FOUND'],
  })
  async status(@Param('name') name: string) {
    return connectorStatus(await this.connector(name));
  }

  @Get(':name/offsets')
  @Endpoint({
    summary: 'How far it has read, and how far it is behind',
    answers: 'ConnectorOffsets',
    problems: ['CONNECTOR_NOT_FOUND'],
  })
  async offsets(@Param('name') name: string) {
    await this.connector(name);
    return { offsets: (await this.control.lag(name)).map(lagView) };
  }

  @Put(':name/pause')
  @Endpoint({ summary: 'Pause it', status: 202, problems: ['CONNECTOR_NOT_FOUND', 'CONNECTOR_NOT_STOPPABLE'] })
  pause(@Param('name') name: string, @CallerOf() caller: Caller, @TraceOf() trace: string): Promise<void> {
    return this.act('PUT /connectors/{name}/pause', name, caller, trace, () => this.control.pause(name));
  }

  @Put(':name/resume')
  @Endpoint({ summary: 'Let it go on', status: 202, problems: ['CONNECTOR_NOT_FOUND', 'CONNECTOR_NOT_STOPPABLE'] })
  resume(@Param('name') name: string, @CallerOf() caller: Caller, @TraceOf() trace: string): Promise<void> {
    return this.act('PUT /connectors/{name}/resume', name, caller, trace, () => this.control.resume(name));
  }

  @Put(':name/stop')
  @Endpoint({ summary: 'Stop it', status: 204, problems: ['CONNECTOR_NOT_FOUND', 'CONNECTOR_NOT_STOPPABLE'] })
  stop(@Param('name') name: string, @CallerOf() caller: Caller, @TraceOf() trace: string): Promise<void> {
    return this.act('PUT /connectors/{name}/stop', name, caller, trace, () => this.control.stop(name));
  }

  @Post(':name/restart')
  @Endpoint({
    summary: 'Restart it',
    status: 202,
    answers: 'ConnectorStatus',
    problems: ['BAD_QUERY', 'CONNECTOR_NOT_FOUND', 'CONNECTOR_NOT_STOPPABLE'],
  })
  async restart(
    @Param('name') name: string,
    @Query(checkedQuery(RestartQuery)) options: RestartQuery,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    await this.act('POST /connectors/{name}/restart', name, caller, trace, () =>
      this.control.restart(name, { ...options }),
    );
    return connectorStatus(await this.connector(name));
  }

  private async act(
    action: string,
    name: string,
    caller: Caller,
    trace: string,
    work: () => Promise<void>,
  ): Promise<void> {
    const before = await this.connector(name);
    await work();
    const after = await this.connector(name);
    const states = { before: { state: before.state }, after: { state: after.state } };
    await this.change.record({ caller, trace }, action, name, states);
  }

  private async connector(name: string): Promise<Connector> {
    const found = (await this.control.list()).find((connector) => connector.name === name);
    if (!found) throw requestError('CONNECTOR_NOT_FOUND', 'No connector has this name.', 'name');
    return found;
  }
}

function configIsFiles() {
  return requestError('CONFIG_IS_FILES', PUBLISH_ERRORS.CONFIG_IS_FILES.meaning);
}
