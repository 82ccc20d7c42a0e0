import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, instantOf, type Clock } from '../../shared/clock';
import { actorOf, type Caller } from '../access/caller';
import { AUDIT_LOG, type AuditLog } from '../ports/access-store.port';

/** Who makes a change, and under which trace. */
export interface ChangeBy {
  caller: Caller;
  trace: string;
}

/** Writes every change that is made through the API into the audit. */
@Injectable()
export class RecordChange {
  constructor(
    @Inject(AUDIT_LOG) private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param details what was asked for; no secret, no message bytes, nothing personal */
  record(by: ChangeBy, action: string, subject: string, details: Record<string, unknown> = {}): Promise<void> {
    return this.audit.append({
      at: instantOf(this.clock.now()),
      actor: actorOf(by.caller),
      role: by.caller.role,
      action,
      subject,
      details,
      trace: by.trace,
    });
  }
}
