import type { SynclineConfig } from '@syncline/platform';
import { compositionError } from './errors';

export const STAGES = ['ingest', 'reconcile', 'rate', 'deliver'] as const;
export type Stage = (typeof STAGES)[number];

/** What a process can be: all in one, one stage, or the API. */
export const PROCESS_ROLES = ['standalone', ...STAGES, 'gateway'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** @throws SynclineError ROLE_UNKNOWN */
export function processRole(name: string): ProcessRole {
  const role = PROCESS_ROLES.find((each) => each === name);
  if (!role)
    throw compositionError('ROLE_UNKNOWN', `${JSON.stringify(name)} is no role; there are ${PROCESS_ROLES.join(', ')}`);
  return role;
}

/** The stages that a process of this role runs. */
export function stagesOf(role: ProcessRole): readonly Stage[] {
  if (role === 'standalone') return STAGES;
  return role === 'gateway' ? [] : [role];
}

/** Whether the process serves the API. */
export function servesApi(role: ProcessRole): boolean {
  return role === 'standalone' || role === 'gateway';
}

/** Whether the profile keeps everything in one local database. */
export function isEmbedded({ profile }: SynclineConfig): boolean {
  return profile.store.kind === 'sqlite';
}

/**
 * Refuses a topology that can't work.
 * @throws SynclineError EMBEDDED_NEEDS_STANDALONE
 */
export function checkTopology(role: ProcessRole, config: SynclineConfig): void {
  if (!isEmbedded(config) || role === 'standalone') return;
  const message = `the role ${role} can't run alone on the profile ${config.profileName}: its log and database are embedded in one process`;
  throw compositionError('EMBEDDED_NEEDS_STANDALONE', message);
}
