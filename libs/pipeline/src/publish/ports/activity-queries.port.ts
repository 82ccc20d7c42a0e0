import type { LocalDate } from '@syncline/model';

export const ACTIVITY_TYPES = [
  'order',
  'invoice',
  'credit',
  'settlement',
  'rating',
  'delivery',
  'opportunity',
  'service_case',
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** One dated thing that happened with a customer. */
export interface Activity {
  on: LocalDate;
  type: ActivityType;
  /** Unique among all activities of the customer; breaks ties of the day. */
  id: string;
  system: string | null;
  title: string;
  amount: string | null;
  currency: string | null;
}
