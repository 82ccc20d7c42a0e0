import { creditPolicyOf, type CreditPolicy } from '@syncline/credit';
import { SynclineError, type LocalDate } from '@syncline/model';
import { instantOf, type Clock } from '../shared/clock';
import type { PolicyImpact, PolicyStore, StoredPolicy } from './credit-state.port';
import { policyDigest } from './policy-digest';
import { byRegistration, lastApplied, policyOn, PolicyTexts } from './stored-policy';

/** The text of a policy and where it stands. */
export interface PolicyFile {
  text: string;
  /** For findings. */
  file: string;
}

export interface PolicyBookParts {
  store: PolicyStore;
  /** The file of the configuration: what the installation is told to apply. */
  file: PolicyFile;
  clock: Clock;
  /** A new policy that moves more than this fraction of the customers waits for approval; null = none does. */
  approvalAbove: number | null;
  /** Who would move; asked only when there is an `approvalAbove`. */
  examine(candidate: CreditPolicy, inForce: CreditPolicy, asOf: LocalDate): Promise<PolicyImpact>;
  /** A new policy waits for approval. */
  onWaiting(policy: StoredPolicy): void;
}

/**
 * Which policy is in force on a day. The file is registered once a process, and every policy is kept with its text. Of
 * those accepted whose day has come, the one put in place last counts: so a file with a later day waits for it, and an
 * older file put back takes over again. When another policy than the last one comes into force, all customers are due.
 */
export class PolicyBook {
  private readonly fromFile: CreditPolicy;
  private readonly texts: PolicyTexts;
  private known: StoredPolicy[] = [];
  private isReady = false;
  private registered = false;
  private refreshing: Promise<void> | undefined;

  /** @throws SynclineError CREDIT_POLICY_INVALID */
  constructor(private readonly parts: PolicyBookParts) {
    this.fromFile = creditPolicyOf(parts.file.text, parts.file.file);
    this.texts = new PolicyTexts([this.fromFile]);
  }

  /** The policy for ratings of a day, by what was known at the last `refresh`. Reads the store the first time only. */
  async inForce(asOf: LocalDate): Promise<CreditPolicy> {
    if (!this.isReady) await this.refresh(asOf);
    return this.policyOf(policyOn(this.known, asOf));
  }

  /** Looks at the store again: approvals, other processes' files, a day that has come. Never inside a transaction. */
  refresh(asOf: LocalDate): Promise<void> {
    this.refreshing ??= this.look(asOf).finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async look(asOf: LocalDate): Promise<void> {
    this.known = await this.parts.store.list();
    if (!this.registered) await this.register(asOf);
    this.registered = true;
    const inForce = policyOn(this.known, asOf);
    if (inForce && inForce.digest !== lastApplied(this.known)?.digest) {
      await this.parts.store.apply({ ...inForce, appliedAt: this.now() });
      this.known = await this.parts.store.list();
    }
    this.isReady = true;
  }

  private async register(asOf: LocalDate): Promise<void> {
    const digest = policyDigest(this.fromFile);
    const newest = this.known.toSorted(byRegistration).at(-1);
    if (newest?.digest === digest) return;
    const before = this.known.find((policy) => policy.digest === digest);
    const policy = before ? { ...before, registeredAt: this.now() } : await this.examined(asOf);
    await this.parts.store.save(policy);
    if (policy.status === 'waiting') this.parts.onWaiting(policy);
    this.known = await this.parts.store.list();
  }

  /** A policy that nobody has seen yet: accepted, or waiting when it moves too many. */
  private async examined(asOf: LocalDate): Promise<StoredPolicy> {
    const { approvalAbove, file } = this.parts;
    const { id, version, effectiveFrom } = this.fromFile.policy;
    const inForce = policyOn(this.known, asOf);
    const before = approvalAbove === null ? null : this.readable(inForce);
    const impact = before && (await this.parts.examine(this.fromFile, before, asOf));
    const tooMany = impact !== null && approvalAbove !== null && impact.moved > approvalAbove * impact.customers;
    return {
      digest: policyDigest(this.fromFile),
      id,
      version,
      effectiveFrom,
      text: file.text,
      file: file.file,
      status: tooMany ? 'waiting' : 'accepted',
      registeredAt: this.now(),
      appliedAt: null,
      impact,
      decidedBy: null,
      decidedAt: null,
    };
  }

  /** Null when a policy was written for an older Syncline, which this one can't read: nothing can be compared. */
  private readable(stored: StoredPolicy | undefined): CreditPolicy | null {
    try {
      return stored ? this.policyOf(stored) : null;
    } catch (error) {
      if (error instanceof SynclineError && error.code === 'CREDIT_POLICY_INVALID') return null;
      throw error;
    }
  }

  private policyOf(stored: StoredPolicy | undefined): CreditPolicy {
    return stored ? this.texts.policyOf(stored) : this.fromFile;
  }

  private now() {
    return instantOf(this.parts.clock.now());
  }
}
