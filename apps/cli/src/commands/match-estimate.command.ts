import { resolve } from 'node:path';
import { estimatedText, estimateShares } from '@syncline/identity';
import { Command } from 'commander';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { writeReport } from '../backtest/write-report';
import { cliError } from '../errors';
import { estimateText, tooFewText } from '../matching/estimate-text';
import { matchingFile, readInput, withRecordOptions, type RecordOptions } from '../matching/record-options';
import { wholeNumber } from '../options/option-values';

interface EstimateOptions extends RecordOptions {
  sample: number;
  seed: number;
  out?: string;
  json?: boolean;
}

export function matchEstimateCommand(): Command {
  return withRecordOptions(new Command('estimate'))
    .description('Estimate the weights of a matching configuration from records, without knowing who is who.')
    .option('--sample <n>', 'pairs to draw at random of those that blocking keeps apart', wholeNumber, 100_000)
    .option('--seed <n>', 'of the draws; equal seeds give equal weights', wholeNumber, 1)
    .option('--out <file>', 'write the configuration with these weights, everything else as it is')
    .option('--json', 'print the weights as JSON')
    .action((options: EstimateOptions, command: Command) => {
      const { path, text, configuration, model } = matchingFile(options, command);
      if (options.out !== undefined && resolve(options.out) === resolve(path))
        throw cliError('OUTPUT_UNWRITABLE', `${path} is the configuration itself`, 'Give another file with --out.');
      const { records, kind, sourceOf } = readInput(options);
      const generator = xoroshiro128plus(options.seed);
      const estimate = estimateShares(model, configuration[kind], {
        records,
        sourceOf,
        samplePairs: options.sample,
        random: (below) => uniformInt(generator, 0, below - 1),
      });
      const tooFew = tooFewText(estimate);
      if (tooFew !== null) throw cliError('ESTIMATE_REFUSED', tooFew);
      console.log(options.json ? JSON.stringify(estimate, null, 2) : estimateText(estimate, configuration[kind].prior));
      if (options.out === undefined) return;
      writeReport(options.out, estimatedText(text, path, kind, estimate.comparisons));
      if (!options.json)
        console.log(`\n${options.out}: ${path} with these weights; nothing uses it until you put it in force.`);
    });
}
