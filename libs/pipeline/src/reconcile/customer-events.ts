import { createHash } from 'node:crypto';
import { cloudEventMessage } from '@syncline/contracts';
import type { Instant } from '@syncline/model';
import type { LogMessage } from '../shared/event-log.port';
import type { CustomerRow, CustomerSummary } from './reconcile-store.port';

const SOURCE = '/syncline/reconcile';

/** The published form of a customer's state; see docs/reference/events.md. */
export interface CustomerChanged extends CustomerSummary {
  customerId: string;
  version: number;
}

export interface CustomerMerged {
  customerId: string;
  version: number;
  mergedInto: string;
}

export interface CustomerSplit {
  customerId: string;
  version: number;
  splitFrom: string;
}

/** Equal summaries have equal hashes. */
export function summaryHash(summary: CustomerSummary): string {
  return createHash('sha1').update(JSON.stringify(summary)).digest('base64');
}

export function customerChanged(row: CustomerRow, time: Instant): LogMessage {
  return message<CustomerChanged>('syncline.customer.changed.v1', row, time, {
    customerId: row.id,
    version: row.version,
    ...row.summary,
  });
}

export function customerMerged(row: CustomerRow, mergedInto: string, time: Instant): LogMessage {
  return message<CustomerMerged>('syncline.customer.merged.v1', row, time, {
    customerId: row.id,
    version: row.version,
    mergedInto,
  });
}

export function customerSplit(row: CustomerRow, splitFrom: string, time: Instant): LogMessage {
  return message<CustomerSplit>('syncline.customer.split.v1', row, time, {
    customerId: row.id,
    version: row.version,
    splitFrom,
  });
}

function message<T>(type: string, row: CustomerRow, time: Instant, data: T): LogMessage {
  return cloudEventMessage({
    type,
    source: SOURCE,
    subject: row.id,
    sequence: row.version,
    id: `${type}:${row.id}:${row.version}`,
    time,
    data,
  });
}
