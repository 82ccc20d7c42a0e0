import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is: a bar on a terminal, a line every so often otherwise. */
export interface ProgressDisplay {
  start(what: string, total: number): void;
  update(value: number, total?: number): void;
  end(): void;
}

/** The display that fits where the output goes. */
export function progressDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  return output.isTTY ? new BarDisplay(output) : new LineDisplay((line) => output.write(`${line}\n`));
}

class BarDisplay implements ProgressDisplay {
  private readonly bar: SingleBar;

  constructor(stream: NodeJS.WriteStream) {
    this.bar = new SingleBar(
      { stream, format: '{what} {bar} {percentage} % | {value}/{total}', hideCursor: true },
      Presets.shades_grey,
    );
  }

  start(what: string, total: number): void {
    this.bar.start(total, 0, { what: what.padEnd(24) });
  }

  update(value: number, total?: number): void {
    if (total !== undefined) this.bar.setTotal(total);
    this.bar.update(value);
  }

  end(): void {
    this.bar.stop();
  }
}

/** Says something at every tenth. */
export class LineDisplay implements ProgressDisplay {
  private what = '';
  private total = 0;
  private tenth = -1;

  constructor(private readonly write: (line: string) => void) {}

  start(what: string, total: number): void {
    this.what = what;
    this.total = total;
    this.tenth = -1;
  }

  update(value: number, total = this.total): void {
    this.total = total;
    const tenth = total === 0 ? 10 : Math.floor((10 * value) / total);
    if (tenth === this.tenth) return;
    this.tenth = tenth;
    this.write(`${this.what}: ${value} of ${total}`);
  }

  end(): void {
    this.tenth = -1;
  }
}
