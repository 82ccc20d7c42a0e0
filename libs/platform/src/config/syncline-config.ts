import type { LocalDate } from '@syncline/model';
import type { SystemDescription } from '@syncline/pipeline/shared';
import type { SurvivorshipRuleSettings } from './dto/survivorship.dto';
import type { ProfileFile } from './dto/profile.dto';

/** A file that another library reads: a mapping or the credit policy. */
export interface ConfigText {
  /** Without folder and ending: `tryton-erp`. */
  name: string;
  /** Relative to the folder of the configuration, for findings. */
  file: string;
  text: string;
}

export interface SystemConfig extends SystemDescription {
  mapping: ConfigText;
}

/** A file under config/targets/, parsed but not yet read: secrets are still references. */
export interface TargetConfig {
  file: string;
  content: unknown;
}

export interface SurvivorshipConfig {
  default: SurvivorshipRuleSettings;
  /** By attribute, as the file writes it (`tax_id`). */
  attributes: ReadonlyMap<string, SurvivorshipRuleSettings>;
}

/** The whole configuration of an installation, checked. Nothing else reads the files or the environment. */
export interface SynclineConfig {
  /** Absolute. */
  directory: string;
  profileName: string;
  profile: ProfileFile;
  timeZone: string;
  businessDate: LocalDate | 'today';
  logLevel: string;
  /** By name. */
  systems: SystemConfig[];
  /** By file name. */
  targets: TargetConfig[];
  policy: ConfigText;
  /** A new policy that moves more than this share of the customers waits for approval; null = none does. */
  policyApprovalAbove: number | null;
  /** Which accounts are compared, and what for; null = nothing is matched by similarity. */
  matching: ConfigText | null;
  /** `system/key` of an account → the identity keys that it shares with others. */
  crossReferences: ReadonlyMap<string, readonly string[]>;
  survivorship: SurvivorshipConfig;
}
