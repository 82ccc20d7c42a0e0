import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  lintMappingFiles,
  runMappingOnLines,
  testMappingFiles,
  type CommandFile,
  type CommandResult,
} from '@syncline/pipeline/ingest';
import { Command } from 'commander';
import { lineGroups } from '../client/event-file';
import { configOf, type GlobalOptions } from '../client/installation';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';

export function mappingCommand(): Command {
  return new Command('mapping')
    .description('Check, try and test mappings. Nothing is stored, nothing needs to run.')
    .addCommand(lintCommand())
    .addCommand(testCommand())
    .addCommand(runCommand());
}

function lintCommand(): Command {
  return new Command('lint')
    .description('Findings as file:line:col; exit code 1 when one is an error.')
    .argument('[paths...]', 'files or folders; default: mappings/ of the configuration')
    .action((paths: string[], _options: unknown, command: Command) => {
      print(lintMappingFiles(mappingFiles(paths, command).map(fileOf)));
    });
}

function testCommand(): Command {
  return new Command('test')
    .description('Run the *.test.yaml beside mappings; exit code 1 when one fails.')
    .argument('[paths...]', 'files or folders; default: mappings/ of the configuration')
    .action((paths: string[], _options: unknown, command: Command) => {
      const pairs = mappingFiles(paths, command)
        .map((mapping) => ({ mapping, test: mapping.replace(/\.(ya?ml)$/, '.test.$1') }))
        .filter(({ test }) => existsSync(test));
      if (pairs.length === 0) throw cliError('INPUT_UNREADABLE', 'there are no tests beside these mappings');
      print(testMappingFiles(pairs.map(({ mapping, test }) => ({ mapping: fileOf(mapping), test: fileOf(test) }))));
    });
}

function runCommand(): Command {
  return new Command('run')
    .description('What the mapping of a system makes of the change events of a file.')
    .argument('<file>', 'one event {"topic", "key", "value"} a line; gzipped when its name ends in .gz')
    .requiredOption('-s, --system <name>', 'the system that made the events')
    .option('--show', 'print the records, not only how many of each kind')
    .action(async (file: string, { system: name, show }: { system: string; show?: boolean }, command: Command) => {
      const { systems } = configOf(command);
      const system = systems.find((each) => each.name === name);
      if (!system)
        throw cliError(
          'INPUT_UNREADABLE',
          `there is no system ${name}`,
          `There are ${systems.map((each) => each.name).join(', ')}.`,
        );
      const lines: Buffer[] = [];
      for await (const group of lineGroups(file, 5_000)) lines.push(...group.map((line) => Buffer.from(line)));
      print(
        runMappingOnLines({ name: system.mapping.file, text: system.mapping.text }, lines, {
          system,
          show: show ?? false,
        }),
      );
    });
}

/** The mapping files that are meant; tests are not mappings. */
function mappingFiles(paths: string[], command: Command): string[] {
  const { config } = command.optsWithGlobals<GlobalOptions>();
  const given = paths.length > 0 ? paths : [join(config, 'mappings')];
  const files = given.flatMap((path) =>
    existsSync(path) && statSync(path).isDirectory()
      ? readdirSync(path)
          .sort()
          .map((name) => join(path, name))
      : [path],
  );
  const mappings = files.filter((file) => /\.ya?ml$/.test(file) && !/\.test\.ya?ml$/.test(file));
  if (mappings.length === 0) throw cliError('INPUT_UNREADABLE', `there is no mapping in ${given.join(', ')}`);
  return mappings;
}

function fileOf(name: string): CommandFile {
  return { name, text: textOf(name) };
}

function print({ text, exitCode }: CommandResult): void {
  console.log(text);
  if (exitCode !== 0) process.exitCode = exitCode;
}
