import { randomFrom } from '../../bench/seeded-random';

/** Chance from a seed: the same seed, the same choices. */
export class Chance {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomFrom(seed);
    // The first numbers of neighbouring seeds lie close together.
    for (let i = 0; i < 8; i++) this.next();
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)]!;
  }
}
