import type { Moments } from './moments';

/** The adapters write through `fetch`: before one of their writes nothing has happened, after it all has but the noting down. */
export function watchTargets(moments: Moments): void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    init?.method === 'PUT' ? moments.aroundAsync('target_write', () => original(input, init)) : original(input, init);
}
