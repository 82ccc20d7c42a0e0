/** Lets one piece of work through at a time, in the order in which they came. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Resolves when nobody else is inside; the function that it gives lets the next one in. */
  enter(): Promise<() => void> {
    return new Promise((entered) => void this.run(() => new Promise<void>((leave) => entered(leave))));
  }
}
