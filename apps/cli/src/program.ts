import { Command } from 'commander';
import { auditCommand } from './commands/audit.command';
import { backtestCommand } from './commands/backtest.command';
import { classCommand } from './commands/class.command';
import { customersCommand, explainCommand } from './commands/customers.command';
import { demoCommand } from './commands/demo.command';
import { doctorCommand } from './commands/doctor.command';
import { eraseCommand } from './commands/erase.command';
import { ingestCommand } from './commands/ingest.command';
import { insightCommand } from './commands/insight.command';
import { keyCommand } from './commands/key.command';
import { mappingCommand } from './commands/mapping.command';
import { matchCommand } from './commands/match.command';
import { overrideCommand } from './commands/override.command';
import { policyCommand } from './commands/policy.command';
import { reconcileCommand } from './commands/reconcile.command';
import { referenceCommand } from './commands/reference.command';
import { replayCommand } from './commands/replay.command';
import { startCommand } from './commands/start.command';
import { statusCommand } from './commands/status.command';
import { endWith } from './output/end-with';

/** The whole command line; docs/reference/cli.md is made from it. */
export function program(): Command {
  const root = new Command('syncline')
    .description('Integration middleware between ERPs and CRMs: one customer view, credit ratings brought back.')
    .option('-c, --config <folder>', 'folder of the configuration', 'config')
    .option('-p, --profile <name>', 'profile in place of the one that syncline.yaml names')
    .showHelpAfterError('(syncline --help lists the commands)')
    .enablePositionalOptions();
  for (const command of [
    startCommand(),
    ingestCommand(),
    statusCommand(),
    customersCommand(),
    explainCommand(),
    reconcileCommand(),
    mappingCommand(),
    matchCommand(),
    policyCommand(),
    overrideCommand(),
    classCommand(),
    backtestCommand(),
    insightCommand(),
    replayCommand(),
    keyCommand(),
    eraseCommand(),
    auditCommand(),
    doctorCommand(),
    demoCommand(),
  ]) {
    root.addCommand(command);
  }
  return root.addCommand(referenceCommand(), { hidden: true });
}

/** Runs what the arguments say. What goes wrong is said in a line or two, with the error's code and an exit code. */
export async function runCommandLine(argv: string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    endWith(error);
  }
}
