import { seedU8DemoDatabase } from '@syncline/adapters';

/** Makes the database that stands for the demo's target, with these customer codes. Gives how many were added. */
export function seedDemoTarget(path: string, codes: readonly string[]): number {
  return seedU8DemoDatabase(path, codes);
}
