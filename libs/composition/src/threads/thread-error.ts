import { SynclineError, type ErrorDetails } from '@syncline/model';

/** An error on its way to another thread, where its class is not known. */
export type SentError = Omit<ErrorDetails, 'cause'> | { message: string };

export function sendError(error: unknown): SentError {
  if (!(error instanceof SynclineError)) return { message: error instanceof Error ? error.message : String(error) };
  const { code, kind, message, advice, where } = error;
  return { code, kind, message, advice, where, class: error.class };
}

export function receiveError(sent: SentError): Error {
  return 'code' in sent ? new SynclineError(sent) : new Error(sent.message);
}
