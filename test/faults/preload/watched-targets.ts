import type { Moments } from './moments';

/** The adapters write through `fetch`: before one of their writes nothing has happened, after it all has but the noting down. */
export function watchTargets(moments: Moments): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    if (init?.method !== 'PUT') return original(input, init);
    moments.at('target_write', 'before');
    const response = await original(input, init);
    moments.at('target_write', 'after');
    return response;
  };
}
