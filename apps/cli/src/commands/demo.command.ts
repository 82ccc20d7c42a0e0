import { Command } from 'commander';
import { runDemo } from '../demo/run-demo';

export function demoCommand(): Command {
  return new Command('demo')
    .description('The whole way on the captured changes of a real ERP and CRM (samples/set-a), as of 2026-11-20.')
    .option('--exit', 'end after the summary; otherwise the app stays up')
    .option('--data <folder>', 'where the demo keeps its database', '.syncline')
    .action(async (options: { exit?: boolean; data: string }, command: Command) => {
      const { config } = command.optsWithGlobals<{ config: string }>();
      await runDemo({ exit: options.exit ?? false, data: options.data, config });
    });
}
