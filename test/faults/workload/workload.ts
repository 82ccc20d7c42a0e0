import type { SourceEvent } from './event';
import { contactStory, createParty, deleteStory, limitStory, mergeStory, renameStory, splitStory } from './parties';
import type { Party } from './parties';
import { withPoison } from './poison';
import { Chance } from './random';
import { RECEIVABLE, saleStory } from './sales';
import { SourceSystem } from './source-system';
import { taxNumber } from './tax-number';
import { chunksOf, transported, type Chunk } from './transport';

export const ERP_SYSTEMS = ['erp', 'erp2'] as const;
export const CRM_SYSTEM = 'crm';

export interface Workload {
  /** In the order in which they are sent. */
  chunks: Chunk[];
  events: number;
}

export interface WorkloadOptions {
  seed: number;
  /** About so many messages. */
  events: number;
  /** One of so many messages is spoilt; 0 = none. */
  poisonEvery: number;
}

const EVENTS_PER_COMPANY = 45;

/** Companies with accounts in several systems, and all that happens to them, from a seed. */
export function makeWorkload({ seed, events, poisonEvery }: WorkloadOptions): Workload {
  const chance = new Chance(seed);
  const told: SourceEvent[] = [];
  const world = new World(told, chance);
  world.setUp();
  const companies = Math.max(3, Math.round(events / EVENTS_PER_COMPANY));
  world.tell(Array.from({ length: companies }, (_, n) => world.company(n + 1)));
  const spoilt = poisonEvery > 0 ? withPoison(told, poisonEvery, chance) : told;
  const sent = transported(spoilt, chance);
  return { chunks: chunksOf(sent, chance), events: sent.length };
}

class World {
  private readonly erps: SourceSystem[];
  private readonly crm: SourceSystem;
  private spareNumbers = 50_000;

  constructor(
    events: SourceEvent[],
    private readonly chance: Chance,
  ) {
    this.erps = ERP_SYSTEMS.map((name) => new SourceSystem(name, events));
    this.crm = new SourceSystem(CRM_SYSTEM, events);
  }

  setUp(): void {
    for (const erp of this.erps) {
      erp.create('account_account_type', { id: 2, name: 'Receivable', receivable: true, company: 1 });
      erp.create('account_account_type', { id: 3, name: 'Revenue', receivable: false, company: 1 });
      erp.create('account_account', { id: RECEIVABLE, name: 'Main Receivable', code: '1122', type: 2, company: 1 });
      erp.create('account_account', { id: 6, name: 'Main Revenue', code: '6001', type: 3, company: 1 });
      erp.create('currency_currency_rate', { id: 1, currency: 1, date: 19_723, rate: '1' });
    }
  }

  /** Works the stories off step by step, always one of those that have begun or one more. */
  tell(stories: Generator<void>[][]): void {
    const waiting = stories.flat();
    const running: Generator<void>[] = [];
    while (waiting.length + running.length > 0) {
      if (waiting.length > 0 && running.length < 12) running.push(waiting.shift()!);
      const story = this.chance.oneOf(running);
      if (story.next().done === true) running.splice(running.indexOf(story), 1);
    }
  }

  /** Everything that will happen to one company; its accounts are made as soon as the first step is told. */
  company(n: number): Generator<void>[] {
    return [this.life(n)];
  }

  private *life(n: number): Generator<void> {
    const { chance } = this;
    const name = `客户${n}机电设备有限公司`;
    const erp = chance.oneOf(this.erps);
    const first = createParty(erp, name, taxNumber(n));
    const parties = [first];
    const stories: Generator<void>[] = [contactStory(first, chance), limitStory(first, chance)];
    if (chance.happens(0.4)) parties.push(createParty(this.otherThan(erp), `${name}（分公司）`, taxNumber(n)));
    if (chance.happens(0.5)) parties.push(createParty(this.crm, name, taxNumber(n)));
    yield;
    for (const party of parties) stories.push(...this.changes(party, first, name));
    for (const party of parties.filter(({ system }) => system !== this.crm))
      for (let i = chance.between(0, 2); i > 0; i--) stories.push(saleStory(party.system, party.id, chance));
    yield* this.interleaved(stories);
  }

  private changes(party: Party, first: Party, name: string): Generator<void>[] {
    const { chance } = this;
    const changes: Generator<void>[] = [];
    if (chance.happens(0.3)) changes.push(renameStory(party, `${name}改`));
    if (party !== first && chance.happens(0.25))
      changes.push(splitStory(party, taxNumber((this.spareNumbers += 1)), chance));
    if (party === first && chance.happens(0.2)) changes.push(this.duplicate(party, name));
    return changes;
  }

  /** A second account of the company in the same system, found out and joined, or thrown away. */
  private *duplicate(original: Party, name: string): Generator<void> {
    const ownNumber = this.chance.happens(0.5) ? taxNumber((this.spareNumbers += 1)) : null;
    const { code } = original.system.row('party_identifier', original.identifier);
    const duplicate = createParty(original.system, name, ownNumber ?? String(code));
    yield;
    yield* this.chance.happens(0.7) ? mergeStory(duplicate, original) : deleteStory(duplicate);
  }

  private *interleaved(stories: Generator<void>[]): Generator<void> {
    const running = [...stories];
    while (running.length > 0) {
      const story = this.chance.oneOf(running);
      if (story.next().done === true) running.splice(running.indexOf(story), 1);
      yield;
    }
  }

  private otherThan(erp: SourceSystem): SourceSystem {
    return this.erps.find((each) => each !== erp)!;
  }
}
