import type { Moments } from './moments';

const LOOK_EVERY_MS = 20;

/** Moves the wall clock of this thread by what was ordered. Timers go on as they are, as after a step of the real clock. */
export function shiftClock(moments: Moments): void {
  const RealDate = Date;
  const realNow = Date.now.bind(Date);
  let shift = 0;
  setInterval(() => (shift = moments.control().clockShift ?? 0), LOOK_EVERY_MS).unref();
  const now = (): number => realNow() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    get: (target, property, receiver) =>
      property === 'now' ? now : (Reflect.get(target, property, receiver) as unknown),
  });
}
