import { examineInstallation } from '@syncline/composition';
import type { CheckFinding } from '@syncline/pipeline/deliver';
import { ConfigInvalidError, formatConfigFinding, type SynclineConfig } from '@syncline/platform';
import { Command } from 'commander';
import { clientFor, configOf } from '../client/installation';
import { cliError } from '../errors';

interface Readiness {
  status: string;
  parts: Record<string, { status: string; code?: string; message?: string }>;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check configuration, connections, permissions, topics and schema, and say what to do.')
    .action(async (_options: unknown, command: Command) => {
      let bad = show({ name: 'Node.js', ok: true, message: process.version });
      const config = configuration(command);
      if (config === null) bad += 1;
      else for await (const finding of findingsOf(config)) bad += show(finding);
      if (bad > 0) throw cliError('CHECK_FAILED', `${bad} ${bad === 1 ? 'check' : 'checks'} failed`);
      console.log('everything is in order');
    });
}

function configuration(command: Command): SynclineConfig | null {
  try {
    const config = configOf(command);
    show({ name: 'configuration', ok: true, message: `${config.directory}, profile ${config.profileName}` });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigInvalidError)) throw error;
    for (const finding of error.findings)
      show({ name: 'configuration', ok: false, message: formatConfigFinding(finding) });
    return null;
  }
}

/** A Syncline that runs is asked; what it has locked can't be looked at from outside. */
async function* findingsOf(config: SynclineConfig): AsyncGenerator<CheckFinding> {
  const api = clientFor(config);
  if (!(await api.isUp())) return yield* examineInstallation(config);
  yield { name: 'process', ok: true, message: `Syncline runs at ${api.url}` };
  const response = await fetch(`${api.url}/health/ready`);
  const { parts } = (await response.json()) as Readiness;
  for (const [name, { status, code, message }] of Object.entries(parts)) {
    yield { name, ok: status === 'up', message: message === undefined ? status : `${code ?? ''} ${message}` };
  }
}

function show({ name, ok, message, advice }: CheckFinding): number {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${message}`);
  if (!ok && advice !== undefined) console.log(`      ${advice}`);
  return ok ? 0 : 1;
}
