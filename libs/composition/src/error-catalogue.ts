import { ADAPTERS_ERRORS } from '@syncline/adapters';
import { ANALYTICS_ERRORS } from '@syncline/analytics';
import { CREDIT_ERRORS } from '@syncline/credit';
import { IDENTITY_ERRORS } from '@syncline/identity';
import { JOBS_ERRORS } from '@syncline/engine/jobs';
import { LOG_ERRORS } from '@syncline/engine/log';
import { STORE_ERRORS } from '@syncline/engine/store';
import { MAPPING_ERRORS } from '@syncline/mapping';
import { DELIVER_ERRORS } from '@syncline/pipeline/deliver';
import { INGEST_ERRORS } from '@syncline/pipeline/ingest';
import { PUBLISH_ERRORS } from '@syncline/pipeline/publish';
import { RECONCILE_ERRORS } from '@syncline/pipeline/reconcile';
import { STAGE_ERRORS } from '@syncline/pipeline/shared';
import { PLATFORM_ERRORS } from '@syncline/platform';
import { RECEIVABLES_ERRORS } from '@syncline/receivables';
import { COMPOSITION_ERRORS } from './errors';

export interface ErrorDescription {
  kind: string;
  /** HTTP status, where the code has one of its own. */
  status?: number;
  meaning: string;
  advice: string;
}

/** Every code that Syncline raises on purpose, by the part that raises it. */
export const ERROR_CATALOGUE: Readonly<Record<string, Readonly<Record<string, ErrorDescription>>>> = {
  'Starting a process': { ...PLATFORM_ERRORS, ...COMPOSITION_ERRORS },
  Mapping: MAPPING_ERRORS,
  Ingest: INGEST_ERRORS,
  Reconcile: RECONCILE_ERRORS,
  Matching: IDENTITY_ERRORS,
  Receivables: RECEIVABLES_ERRORS,
  Analytics: ANALYTICS_ERRORS,
  Credit: CREDIT_ERRORS,
  Deliver: DELIVER_ERRORS,
  Adapters: ADAPTERS_ERRORS,
  API: PUBLISH_ERRORS,
  'Stages and transport': STAGE_ERRORS,
  'Event log': LOG_ERRORS,
  Store: STORE_ERRORS,
  'Job queue': JOBS_ERRORS,
};
