import { setTimeout as pause } from 'node:timers/promises';
import type { Installation, Services } from '../installation/installation';
import type { Ending } from '../installation/app-process';
import type { Role } from '../installation/role';
import type { RecordingTarget } from '../target/recording-target';
import { BROKERS_LOST, faultName, type Fault, type LossOfOffsets } from './fault';

/** Without its disk or its servers a process may give up; whoever keeps it running starts it again. */
const MAY_GIVE_UP = ['disk_full', 'crash of kafka', 'crash of postgres', 'crash of redis', BROKERS_LOST];

/** Brings faults about, one after the other, while the input is being sent. */
export class Conductor {
  /** What was found out while doing so. */
  readonly flaws: string[] = [];
  /** Names of those that did happen, with how often. */
  readonly injected = new Map<string, number>();
  /** When the latest one was over, by the monotonic clock. */
  lastOver = 0;
  private readonly waiting: Fault[];
  private running: Promise<void> = Promise.resolve();
  private awaited: Fault | null = null;

  constructor(
    private readonly installation: Installation,
    private readonly target: RecordingTarget,
    faults: readonly Fault[],
  ) {
    this.waiting = [...faults];
  }

  /** The next chunk is about to be sent: what is to go wrong by now does. */
  before(chunk: number): void {
    while (this.waiting.length > 0 && this.waiting[0]!.atChunk <= chunk) {
      const fault = this.waiting.shift()!;
      this.running = this.running.then(() => this.bringAbout(fault)).catch((error: unknown) => this.note(error));
    }
  }

  /** Resolves when no fault is under way; what a process was ordered to die at may still come. */
  async quiet(): Promise<void> {
    await this.running;
  }

  /** Takes back what did not happen. */
  async finish(): Promise<void> {
    await this.running;
    this.settleAwaited();
    for (const { control } of this.installation.roles) control.clear();
    this.target.feel('well', 0);
    this.flaws.push(...this.unaskedEndings());
  }

  private async bringAbout(fault: Fault): Promise<void> {
    const role = this.roleOf(fault);
    switch (fault.kind) {
      case 'die':
        return this.orderDeath(fault);
      case 'kill':
        await pause(fault.afterMs);
        await role.end('SIGKILL');
        break;
      case 'terminate':
        await this.terminate(role);
        break;
      case 'die_stopping':
        role.control.order({ die: { point: 'any', when: 'after', nth: fault.nth, onlyWhileStopping: true } });
        await role.end('SIGTERM');
        role.control.order({ die: undefined });
        // It may have been done before it came so far; then it was asked to stop, and no more.
        if (!role.control.takeDeathNote()) return role.up();
        break;
      case 'pause':
        role.signal('SIGSTOP');
        await pause(fault.forMs);
        role.signal('SIGCONT');
        break;
      case 'disk_full':
        role.control.order({ diskFull: true });
        await pause(fault.forMs);
        role.control.order({ diskFull: undefined });
        break;
      case 'clock':
        role.control.order({ clockShift: fault.byMs });
        await pause(fault.forMs);
        role.control.order({ clockShift: undefined });
        break;
      case 'target':
        this.target.feel(fault.mood, fault.requests, fault.writesOnly);
        break;
      case 'rolling_restart':
        for (const each of this.installation.roles) await this.terminate(each);
        break;
      case 'redis_emptied':
        await this.services.emptyRedis();
        break;
      case 'crash':
        await this.services.crash(fault.service);
        break;
      case 'broker_lost':
        await this.services.loseBroker(fault.leads);
        await pause(fault.forMs);
        await this.services.restoreBrokers();
        break;
      case 'brokers_lost':
        await this.services.loseBroker();
        await pause(fault.apartMs);
        await this.services.loseBroker(fault.leads);
        await pause(fault.forMs);
        await this.services.restoreBrokers();
        break;
      case 'offsets_lost':
        await this.loseOffsets(role, fault.how);
        break;
    }
    await role.up();
    this.happened(fault);
  }

  private orderDeath(fault: Extract<Fault, { kind: 'die' }>): void {
    this.settleAwaited();
    this.awaited = fault;
    this.roleOf(fault).control.order({ die: { point: fault.point, when: fault.when, nth: fault.nth } });
  }

  /** Whether the death that was ordered has come; a moment that never came is no fault. */
  private settleAwaited(): void {
    if (this.awaited) {
      const { control, upSince } = this.roleOf(this.awaited);
      if (control.takeDeathNote()) this.happened(this.awaited, upSince);
      control.order({ die: undefined });
    }
    this.awaited = null;
  }

  private roleOf(fault: Fault): Role {
    const name = 'role' in fault ? fault.role : undefined;
    return this.installation.roles.find((role) => role.name === name) ?? this.installation.api;
  }

  private async terminate(role: Role): Promise<void> {
    this.noteStop(role, await role.end('SIGTERM'));
    await role.up();
  }

  /** Somebody may have killed it in the same moment; by itself it has to end well. */
  private noteStop({ name }: Role, ending: Ending | undefined): void {
    if (!ending || ending.code === 0 || ending.signal === 'SIGKILL') return;
    this.flaws.push(`process: asked to stop under load, ${name} ended with ${JSON.stringify(ending)}`);
  }

  /** A role that does not run has left its groups: only then can they lose where they were. */
  private async loseOffsets(role: Role, how: LossOfOffsets): Promise<void> {
    this.noteStop(role, await role.hold());
    try {
      await this.services.loseOffsets(`syncline.${role.name}`, how);
    } finally {
      role.release();
    }
  }

  private get services(): Services {
    if (!this.installation.services) throw new Error('this installation has no servers that could be harmed');
    return this.installation.services;
  }

  private unaskedEndings(): string[] {
    if (MAY_GIVE_UP.some((name) => this.injected.has(name))) return [];
    return this.installation.roles.flatMap(({ name, endings }) =>
      endings
        .filter((ending) => !wasKilled(ending) && ending.code !== 0)
        .map((ending) => `process: ${name} gave up by itself with ${JSON.stringify(ending)}`),
    );
  }

  private happened(fault: Fault, over = performance.now()): void {
    const name = faultName(fault);
    this.injected.set(name, (this.injected.get(name) ?? 0) + 1);
    this.lastOver = Math.max(this.lastOver, over);
  }

  private note(error: unknown): void {
    this.flaws.push(`harness: ${String(error)}`);
  }
}

function wasKilled({ signal }: { signal: NodeJS.Signals | null }): boolean {
  return signal === 'SIGKILL';
}
