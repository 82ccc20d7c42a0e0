/** Points of a curve, x rising: [[x, y], …]. */
export type Knots = readonly (readonly [number, number])[];

/** y at `x`: linear between the points, the first or last y outside of them. At least one point. */
export function interpolate(knots: Knots, x: number): number {
  const first = knots[0];
  const last = knots[knots.length - 1];
  if (!first || !last) throw new RangeError('a curve needs a point');
  if (x <= first[0]) return first[1];
  if (x >= last[0]) return last[1];
  let index = 1;
  while (knots[index][0] < x) index += 1;
  const [x0, y0] = knots[index - 1];
  const [x1, y1] = knots[index];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
