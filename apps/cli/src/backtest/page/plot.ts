import { escaped } from './markup';

/** Size of a plot in the units of its drawing; the page scales it. */
const WIDTH = 560;
const HEIGHT = 300;
const MARGIN = { left: 66, right: 26, top: 14, bottom: 46 };

/** How values lie along an axis. */
export interface Axis {
  label: string;
  /** Value → place, 0 to 1 from the left or from below. */
  place: (value: number) => number;
  ticks: readonly { at: number; text: string }[];
}

/** An axis of numbers from `low` to `high`, with ticks at round numbers. */
export function numberAxis(label: string, low: number, high: number, show: (value: number) => string): Axis {
  const span = high > low ? high - low : 1;
  const step = roundStep(span / 5);
  const ticks: Axis['ticks'][number][] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step)
    ticks.push({ at: tick, text: show(tick) });
  return { label, place: (value) => (value - low) / span, ticks };
}

/** An axis of named places side by side; value 0 is the middle of the first. Names that would overlap are left out. */
export function nameAxis(label: string, names: readonly string[], most = 12): Axis {
  const every = Math.ceil(names.length / most);
  const ticks = names.flatMap((text, at) => (at % every === 0 ? [{ at, text }] : []));
  return { label, place: (value) => (value + 0.5) / Math.max(1, names.length), ticks };
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= step * 0.999) ?? step;
}

/** A drawing on two axes. Marks lie in the coordinates of the axes. */
export class Plot {
  private readonly marks: string[] = [];

  constructor(
    private readonly title: string,
    private readonly x: Axis,
    private readonly y: Axis,
  ) {}

  line(points: readonly (readonly [number, number])[], className: string): this {
    const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${this.px(x)} ${this.py(y)}`).join('');
    return this.add(`<path class="line ${className}" d="${path}"/>`);
  }

  /** A column from `from` up to `to`, `width` wide in units of the x axis. */
  column(x: number, from: number, to: number, width: number, className: string, hint: string): this {
    const left = this.px(x - width / 2);
    const top = this.py(Math.max(from, to));
    const size = `width="${round(this.px(x + width / 2) - left)}" height="${round(Math.abs(this.py(from) - this.py(to)))}"`;
    return this.add(`<rect class="${className}" x="${left}" y="${top}" ${size}><title>${escaped(hint)}</title></rect>`);
  }

  /** An upright interval with its middle marked. */
  interval(x: number, low: number, middle: number, high: number, className: string, hint: string): this {
    const at = this.px(x);
    const bar = `<path class="line ${className}" d="M${at} ${this.py(low)}V${this.py(high)}"/>`;
    const dot = `<circle class="${className}" cx="${at}" cy="${this.py(middle)}" r="4"/>`;
    return this.add(`<g>${bar}${dot}<title>${escaped(hint)}</title></g>`);
  }

  /** A small cross. */
  mark(x: number, y: number, className: string, hint: string): this {
    const [at, on] = [this.px(x), this.py(y)];
    const path = `M${at - 5} ${on - 5}l10 10M${at - 5} ${on + 5}l10 -10`;
    return this.add(`<path class="line ${className}" d="${path}"><title>${escaped(hint)}</title></path>`);
  }

  /** A level line across the plot, with its name at the left. */
  level(y: number, text: string, className: string): this {
    const on = this.py(y);
    const line = `<path class="line ${className}" d="M${MARGIN.left} ${on}H${WIDTH - MARGIN.right}"/>`;
    return this.add(`${line}<text x="${MARGIN.left + 4}" y="${on - 4}">${escaped(text)}</text>`);
  }

  svg(): string {
    const label = escaped(this.title);
    return (
      `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">` +
      `${this.axes()}${this.marks.join('')}</svg><figcaption>${label}</figcaption></figure>`
    );
  }

  private axes(): string {
    const bottom = HEIGHT - MARGIN.bottom;
    const xs = this.x.ticks.map(
      ({ at, text }) => `<text class="middle" x="${this.px(at)}" y="${bottom + 18}">${escaped(text)}</text>`,
    );
    const ys = this.y.ticks.map(({ at, text }) => {
      const grid = `<path class="grid" d="M${MARGIN.left} ${this.py(at)}H${WIDTH - MARGIN.right}"/>`;
      return `${grid}<text class="end" x="${MARGIN.left - 8}" y="${this.py(at) + 4}">${escaped(text)}</text>`;
    });
    const middle = (MARGIN.top + bottom) / 2;
    const labels =
      `<text class="middle label" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 8}">${escaped(this.x.label)}</text>` +
      `<text class="middle label" transform="translate(13 ${middle}) rotate(-90)">${escaped(this.y.label)}</text>`;
    return `${ys.join('')}${xs.join('')}${labels}<path class="axis" d="M${MARGIN.left} ${bottom}H${WIDTH - MARGIN.right}"/>`;
  }

  private px(x: number): number {
    return round(MARGIN.left + this.x.place(x) * (WIDTH - MARGIN.left - MARGIN.right));
  }

  private py(y: number): number {
    return round(HEIGHT - MARGIN.bottom - this.y.place(y) * (HEIGHT - MARGIN.top - MARGIN.bottom));
  }

  private add(mark: string): this {
    this.marks.push(mark);
    return this;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
