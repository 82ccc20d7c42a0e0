import { SynclineError, type ErrorKind } from '@syncline/model';

/** Errors of the job queues. */
export const JOBS_ERRORS = {
  JOB_QUEUE_DATABASE_MISSING: {
    kind: 'fatal',
    meaning: 'The embedded job queue was asked for without the local database that it lives in.',
    advice: 'Use job_queue.kind bullmq, or a profile whose store is sqlite.',
  },
  JOB_NAME_INVALID: {
    kind: 'request',
    meaning:
      'A queue name or job id that the queue on Redis could not keep: empty, with a colon, or an id of digits only.',
    advice: 'Name queues and jobs with letters, digits and hyphens.',
  },
  JOB_QUEUE_TLS_FAILED: {
    kind: 'fatal',
    meaning: 'Redis was reached, but no encrypted connection came about that could be trusted.',
    advice:
      'Look at `job_queue.tls`: ca_file has to hold the authority of the server’s certificate, which has to name the ' +
      'host in job_queue.url (or server_name). `openssl s_client -connect host:port` shows what the server presents.',
  },
  JOB_QUEUE_UNAUTHORIZED: {
    kind: 'fatal',
    meaning: 'Redis refused the user or the password, or the user may not do what a queue needs.',
    advice:
      'Check job_queue.username and job_queue.password, or those in job_queue.url, and the access rules of the user.',
  },
  JOB_QUEUE_ADDRESS_INVALID: {
    kind: 'fatal',
    meaning: 'The address of Redis is none.',
    advice: 'Give job_queue.url as redis://host:port, or rediss://host:port for an encrypted connection.',
  },
  JOB_QUEUE_UNAVAILABLE: {
    kind: 'transient',
    meaning: 'Redis did not take the jobs. Nothing is lost: they are made again from the store.',
    advice:
      'Check that Redis runs and that job_queue.url is right; a Redis that wants TLS, or a certificate, needs job_queue.tls.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export type JobsErrorCode = keyof typeof JOBS_ERRORS;

/** An error of the catalogue; `message` holds no payload and no secret. */
export function jobsError(code: JobsErrorCode, message: string, cause?: unknown): SynclineError {
  const { kind, advice } = JOBS_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, cause });
}
