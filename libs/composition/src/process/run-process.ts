import { parseArgs } from 'node:util';
import { SynclineError } from '@syncline/model';
import { ConfigInvalidError, type SynclineConfig } from '@syncline/platform';
import { compositionError } from '../errors';
import { loadInstallation } from '../installation';
import { processRole, servesApi, type ProcessRole } from '../roles';
import { composeProcess, type RunningProcess } from './compose-process';

/**
 * What each main.ts does: reads `--config`, `--profile` and `--port`, starts the role and runs until a signal.
 * Exit codes: 0 stopped on request, 1 failed, 2 the configuration is wrong.
 */
export async function runProcess(role: string, argv: string[]): Promise<void> {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { config: { type: 'string', default: 'config' }, profile: { type: 'string' }, port: { type: 'string' } },
    });
    const { config, profile, port } = values;
    const installation = loadInstallation(config, profile === undefined ? {} : { profile });
    await startProcess(processRole(role), port === undefined ? installation : withPort(installation, port));
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = error instanceof ConfigInvalidError ? 2 : 1;
  }
}

/** Several roles on one machine need ports of their own. @throws SynclineError HTTP_PORT_INVALID */
export function withPort(config: SynclineConfig, text: string): SynclineConfig {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw compositionError('HTTP_PORT_INVALID', `${JSON.stringify(text)} is no port`);
  return { ...config, profile: { ...config.profile, http: { ...config.profile.http, port } } };
}

/** Starts a role, says where it listens, and stops in order on SIGINT, SIGTERM or a stage that crashed. */
export async function startProcess(role: ProcessRole, config: SynclineConfig): Promise<RunningProcess> {
  const ending: { stop?: (code: number) => void } = {};
  const running = await composeProcess(role, config, { onFatal: () => ending.stop?.(1) });
  running.context.metrics.observeProcess();
  ending.stop = stopOnce(running);
  process.once('SIGINT', () => ending.stop?.(0));
  process.once('SIGTERM', () => ending.stop?.(0));
  process.stderr.write(`${startText(running)}\n`);
  return running;
}

function startText({ role, url, firstKey }: RunningProcess): string {
  const lines = [
    servesApi(role)
      ? `Syncline (${role}) at ${url}, its API described at ${url}/docs`
      : `Syncline (${role}), health at ${url}/health/ready`,
  ];
  if (firstKey !== null) {
    lines.push(
      '',
      `Administrator API key, shown this once: ${firstKey}`,
      'It is also in api-key beside the database, readable for you alone, where the command line finds it.',
    );
  }
  return lines.join('\n');
}

function stopOnce(running: RunningProcess): (code: number) => void {
  let stopping = false;
  return (code) => {
    if (stopping) return;
    stopping = true;
    void running.stop().then(({ problems }) => {
      for (const { name, error } of problems)
        running.context.logger.error({ part: name, err: error }, 'was not closed in order');
      process.exit(problems.length > 0 ? 1 : code);
    });
  };
}

/** Code, message and advice of what kept a process from starting. */
export function failureText(error: unknown): string {
  if (!(error instanceof SynclineError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${error.code}: ${error.message}`, ...(error.advice === undefined ? [] : [`  ${error.advice}`])].join('\n');
}
