import { Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';

interface EvaluationAnswer {
  as_of: string;
  requested_at: string | null;
  waiting: boolean;
  last: { as_of: string; started_at: string; completed_at: string; customers: number; buyers: number } | null;
}

export function insightCommand(): Command {
  return new Command('insight')
    .description('The daily evaluation of all customers: value, stage, alerts.')
    .addCommand(statusCommand())
    .addCommand(evaluateCommand());
}

function statusCommand(): Command {
  return withUrl(new Command('status'))
    .description('When the customers were evaluated, and whether a request for it waits.')
    .action(async (_options: unknown, command: Command) => {
      console.log(evaluationText(await clientOf(command).get<EvaluationAnswer>('/insight')));
    });
}

function evaluateCommand(): Command {
  return withUrl(new Command('evaluate'))
    .description('Evaluate all customers as of the business date, at once; asked twice, nothing is published twice.')
    .action(async (_options: unknown, command: Command) => {
      console.log(evaluationText(await clientOf(command).post<EvaluationAnswer>('/insight/evaluate', {})));
    });
}

/** The state of the evaluation as a terminal shows it. */
export function evaluationText({ as_of: asOf, requested_at: requestedAt, waiting, last }: EvaluationAnswer): string {
  const done = last
    ? `Evaluated as of ${last.as_of}: ${last.customers} customers, ${last.buyers} of which ever bought, done at ${last.completed_at}.`
    : 'The customers were never evaluated.';
  return waiting ? `${done}\nAn evaluation as of ${asOf}, asked for at ${requestedAt}, waits or is under way.` : done;
}
