import type { ClaimedDelivery } from './attempt-batch';
import type { Delivery } from './delivery-store.port';

/** The accounts of one target that workers of this process are at, with the lease that each is held under by now. */
export class HeldLeases {
  private readonly held = new Map<string, Delivery['leasedUntil']>();

  /**
   * Those of `claimed` that no worker of this process is at, whatever the clock says of their leases: a clock that was
   * set ends them before their time, and two workers at one account could write an older rating over a newer one. The
   * worker that is at one of the others has its new lease from now on and records what comes of it.
   */
  take(claimed: ClaimedDelivery[]): ClaimedDelivery[] {
    const free = claimed.filter(({ delivery }) => !this.held.has(delivery.accountKey));
    for (const { delivery } of claimed) this.held.set(delivery.accountKey, delivery.leasedUntil);
    return free;
  }

  /** A delivery under the lease that it is held by now. */
  current(delivery: Delivery): Delivery {
    return { ...delivery, leasedUntil: this.held.get(delivery.accountKey) ?? delivery.leasedUntil };
  }

  /** Lets go of them: whoever claims the accounts from now on may work on them. Gives them with their last lease. */
  letGo(claimed: ClaimedDelivery[]): ClaimedDelivery[] {
    const last = claimed.map((item) => ({ ...item, delivery: this.current(item.delivery) }));
    for (const { delivery } of claimed) this.held.delete(delivery.accountKey);
    return last;
  }
}
