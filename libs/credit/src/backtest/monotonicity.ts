import { overlap, wilsonInterval, type Interval } from './wilson-interval';

/** How often customers of a grade went bad. */
export interface GradeOutcome {
  grade: string;
  observations: number;
  bads: number;
  /** bads / observations; null when the grade was not seen. */
  badRate: number | null;
  interval: Interval | null;
}

/** Two grades whose bad rates stand the wrong way round. */
export interface Inversion {
  better: string;
  worse: string;
  /** The Wilson intervals overlap: it may be chance. */
  withinChance: boolean;
}

export interface Monotonicity {
  /** `chance`: some rates stand the wrong way round, but no further than chance can bring them. */
  verdict: 'monotone' | 'chance' | 'not_monotone';
  inversions: Inversion[];
}

/** Counts of a grade with its rate and interval. */
export function gradeOutcome(grade: string, observations: number, bads: number): GradeOutcome {
  const badRate = observations === 0 ? null : bads / observations;
  return { grade, observations, bads, badRate, interval: wilsonInterval(bads, observations) };
}

/**
 * Whether bad rates rise from grade to grade, best first; grades that were not seen are passed over. A fall between
 * two intervals that overlap may be chance. (Method, Is a rating any good: monotone unless they overlap.)
 */
export function monotonicity(grades: readonly GradeOutcome[]): Monotonicity {
  const seen = grades.filter((grade) => grade.observations > 0);
  const inversions = seen.slice(1).flatMap((worse, index): Inversion[] => {
    const better = seen[index];
    if (!better.interval || !worse.interval || (worse.badRate ?? 0) >= (better.badRate ?? 0)) return [];
    return [{ better: better.grade, worse: worse.grade, withinChance: overlap(better.interval, worse.interval) }];
  });
  const verdict =
    inversions.length === 0 ? 'monotone' : inversions.every((each) => each.withinChance) ? 'chance' : 'not_monotone';
  return { verdict, inversions };
}
