import type { Command } from 'commander';
import { GENERATED, markdownTable } from './markdown';

const HEAD = `# Command line

${GENERATED}

\`npm run -s syncline -- <command>\` in a clone that was built (\`npm run build\`), or \`syncline <command>\` where the
package is linked (\`npm link\`). Commands that talk to a running Syncline take its address from the file that it leaves
beside its database, else from the profile, else from \`--url\`; and the API key from \`SYNCLINE_API_KEY\`, else from the
file that the first start of an embedded installation left.

Exit codes: 0 done, 1 failed or findings, 2 the configuration is wrong.`;

/** docs/reference/cli.md */
export function cliPage(program: Command): string {
  const commands = program.commands.filter((command) => !isHidden(command)).flatMap((command) => withChildren(command));
  return `${[HEAD, '## Options of every command', optionTable(program), ...commands.map(commandText)].join('\n\n')}\n`;
}

interface Named {
  path: string;
  command: Command;
}

function withChildren(command: Command, parent = 'syncline'): Named[] {
  const path = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((child) => withChildren(child, path));
  return [{ path, command }];
}

function commandText({ path, command }: Named): string {
  const args = command.registeredArguments.map((each) => {
    const name = each.variadic ? `${each.name()}...` : each.name();
    return each.required ? `<${name}>` : `[${name}]`;
  });
  const rows = command.registeredArguments.map((each) => [each.name(), each.description]);
  return [
    `## ${[path, ...args].join(' ').replace(/</g, '&lt;').replace(/>/g, '&gt;')}`,
    command.description(),
    ...(rows.length > 0 ? [markdownTable(['argument', 'meaning'], rows)] : []),
    ...(command.options.length > 0 ? [optionTable(command)] : []),
  ].join('\n\n');
}

function optionTable(command: Command): string {
  const rows = command.options.map(({ flags, description, defaultValue, argChoices }) => [
    `\`${flags}\``,
    argChoices ? `${description}: ${argChoices.join(', ')}` : description,
    defaultValue === undefined ? '' : `\`${String(defaultValue)}\``,
  ]);
  return markdownTable(['option', 'meaning', 'default'], rows);
}

// Commander keeps it private, but help leaves hidden commands out.
function isHidden(command: Command): boolean {
  return command.parent !== null && !command.parent.createHelp().visibleCommands(command.parent).includes(command);
}
