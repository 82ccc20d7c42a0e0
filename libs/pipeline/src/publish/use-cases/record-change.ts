import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { actorOf, type Caller } from '../access/caller';
import { AUDIT_LOG, type AuditLog, type ChangeDetails } from '../ports/access-store.port';

/** Who makes a change, and under which trace. */
export interface ChangeBy {
  caller: Caller;
  trace: string;
}

/** Writes every change that is made through the API into the audit. */
@Injectable()
export class RecordChange {
  /** Callers, which are one object a request, whose request has its entry. */
  private readonly recorded = new WeakSet<Caller>();

  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param details what was asked for, before and after; no secret, no message bytes, nothing personal */
  async record(by: ChangeBy, action: string, subject: string, details: ChangeDetails = {}): Promise<void> {
    await this.audit.append({
      at: instantOf(this.clock.now()),
      actor: actorOf(by.caller),
      role: by.caller.role,
      action,
      subject,
      details,
      trace: by.trace,
    });
    this.recorded.add(by.caller);
  }

  /** Whether the request of this caller has its entry. */
  isRecorded(caller: Caller): boolean {
    return this.recorded.has(caller);
  }
}
