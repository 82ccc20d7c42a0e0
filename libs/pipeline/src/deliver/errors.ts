import type { ErrorKind } from '@syncline/model';

export interface DeliverErrorDescription {
  kind: ErrorKind;
  meaning: string;
  advice: string;
}

/** Errors of the delivery host; those of the targets themselves are in ADAPTERS_ERRORS. */
export const DELIVER_ERRORS = {
  TARGET_DESCRIPTION_INVALID: {
    kind: 'request',
    meaning: "A file under config/targets/ doesn't describe a target.",
    advice: 'Correct the field that the message names; docs/reference/adapters.md lists all fields.',
  },
  TARGET_ADAPTER_UNKNOWN: {
    kind: 'request',
    meaning: 'A target names an adapter that this installation does not have.',
    advice: 'Use one of the adapters that the message lists.',
  },
  TARGET_ACCOUNT_MISSING: {
    kind: 'poison',
    meaning: 'The target has no account by this key or code.',
    advice: 'Create the account in the target or correct its code, then retry the delivery.',
  },
  TARGET_ACCOUNT_DUPLICATE: {
    kind: 'poison',
    meaning: 'Several accounts of the target answer to this key or code.',
    advice: 'A person has to decide which is meant: make the code unique in the target, then retry the delivery.',
  },
  TARGET_NOT_CONFIRMED: {
    kind: 'transient',
    meaning: 'The target took the write, but reading it back did not show it.',
    advice: 'Happens while a target works asynchronously. When it lasts: check for triggers or rules that change it.',
  },
  TARGET_CHANGED_MEANWHILE: {
    kind: 'transient',
    meaning: 'Someone kept changing the account while it was being written.',
    advice: 'Nothing to do: it is tried again with what is there by then.',
  },
  TARGET_TIMEOUT: {
    kind: 'transient',
    meaning:
      'The target did not answer within timeout_ms. The write may have happened: it is read before it is repeated.',
    advice: 'Check the load of the target; raise timeout_ms or lower batch_size when it is just slow.',
  },
  TARGET_UNEXPECTED: {
    kind: 'transient',
    meaning: 'An adapter failed in a way that it does not classify.',
    advice:
      'Look for the same code in the log of the deliver stage; report it together with the adapter and its version.',
  },
  TARGET_RETRIES_EXHAUSTED: {
    kind: 'poison',
    meaning: 'The delivery failed max_attempts times.',
    advice: 'See the attempts of the delivery for the causes, remove them, then retry the delivery.',
  },
  DELIVER_MESSAGE_UNREADABLE: {
    kind: 'poison',
    meaning: 'A message of the ratings or customers topic is not an event of its contract.',
    advice: 'Something else writes to the topic. Find its producer; discard the dead letter.',
  },
} as const satisfies Record<string, DeliverErrorDescription>;

export type DeliverErrorCode = keyof typeof DELIVER_ERRORS;
