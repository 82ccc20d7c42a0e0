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
export function summaryHash(summaryJson: string): string {
  return createHash('sha1').update(summaryJson).digest('base64');
}

/** @param summaryJson the row's summary: it is written out once, for its hash and for the event */
export function customerChanged(
  row: CustomerRow,
  time: Instant,
  summaryJson = JSON.stringify(row.summary),
): LogMessage {
  const { id: customerId, version, summary } = row;
  const head = JSON.stringify({ customerId, version });
  const json = `${head.slice(0, -1)},${summaryJson.slice(1)}`;
  return message<CustomerChanged>('syncline.customer.changed.v1', row, time, { customerId, version, ...summary }, json);
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

function message<T>(type: string, row: CustomerRow, time: Instant, data: T, json?: string): LogMessage {
  const { id: subject, version: sequence } = row;
  return cloudEventMessage(
    { type, source: SOURCE, subject, sequence, id: `${type}:${subject}:${sequence}`, time, data },
    json,
  );
}
