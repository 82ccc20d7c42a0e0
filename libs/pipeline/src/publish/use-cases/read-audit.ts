import { Inject, Injectable } from '@nestjs/common';
import { verifyAudit, type AuditVerdict, type NotedSeal, type SealedAuditRow } from '../access/audit-chain';
import { AUDIT_LOG, type AuditLog } from '../ports/access-store.port';

const PAGE = 1_000;

/** Looks at the audit as a whole. */
@Injectable()
export class ReadAudit {
  constructor(@Inject(AUDIT_LOG) private readonly audit: AuditLog) {}

  /** @param noted a seal from an earlier look */
  verify(noted: NotedSeal | null): Promise<AuditVerdict> {
    return verifyAudit(this.pages(), noted);
  }

  private async *pages(): AsyncGenerator<SealedAuditRow[]> {
    for (let after = 0; ;) {
      const rows = await this.audit.sealed(after, PAGE);
      yield rows;
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].id;
    }
  }
}
