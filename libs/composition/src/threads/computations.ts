import { baseFigures, type BaseFigures, type BaseOptions, type BuyerColumns } from '@syncline/analytics';

/** Pure functions of plain data that take so long at a stretch that they get a thread. */
export const COMPUTATIONS = {
  baseFigures: ({ buyers, options }: { buyers: BuyerColumns; options: BaseOptions }): BaseFigures =>
    baseFigures(buyers, options),
} as const;

export type Computations = typeof COMPUTATIONS;
export type ComputationName = keyof Computations;

export interface ComputationRequest<N extends ComputationName = ComputationName> {
  name: N;
  input: Parameters<Computations[N]>[0];
}
