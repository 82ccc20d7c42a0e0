/** A predicted chance of going bad, and what happened. */
export interface PredictedOutcome {
  /** 0 to 1. */
  probability: number;
  bad: boolean;
}

/** Mean squared distance between the predicted chance of going bad and what happened: 0 is perfect; null for none. */
export function brierScore(predictions: readonly PredictedOutcome[]): number | null {
  if (predictions.length === 0) return null;
  const total = predictions.reduce((sum, { probability, bad }) => sum + (probability - (bad ? 1 : 0)) ** 2, 0);
  return total / predictions.length;
}
