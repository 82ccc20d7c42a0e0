import { HOLDS } from '@syncline/model';
import { sameValues } from './credit-values';
import type {
  CreditCommand,
  CreditField,
  CreditValues,
  DeliveryFailure,
  PlannedWrite,
} from '@syncline/pipeline/deliver';
import { canonicalDecimal } from '@syncline/model';
import { decimalProblem, readDecimal, roundedDown, sameDecimal } from './decimals';
import { failure, unsupported } from './failures';
import type { CreditMappingConfig, Literal, SwitchConfig } from './credit-mapping.config';

/** The target's own fields as text; flags as '1' and '0'. */
export type NativeValues = Record<string, string | null>;

/** What a command becomes in a target. */
export type Expressed =
  | { type: 'expressed'; native: NativeValues; values: CreditValues; lossy: CreditField[] }
  | { type: 'refused'; failure: DeliveryFailure };

/** Translates between ratings and the fields of one target, both ways, by configuration. */
export class CreditMapping {
  /** Literals by field, to write a flag or a code in the type that the configuration gives it. */
  private readonly literals = new Map<string, Map<string, Literal>>();

  constructor(private readonly config: CreditMappingConfig) {
    for (const [field, literals] of literalsOf(config)) {
      const known = this.literals.get(field) ?? new Map<string, Literal>();
      for (const literal of literals) known.set(literalText(literal), literal);
      this.literals.set(field, known);
    }
  }

  /** Names of the target's fields that are written. */
  get names(): string[] {
    const { grade, term_days: term, limit, hold } = this.config;
    const names = [grade?.name, term?.name, term?.switch?.name, limit?.name, limit?.switch?.name];
    if (hold && 'name' in hold) names.push(hold.name);
    return [...new Set(names.filter((name) => name !== undefined))];
  }

  /** The fields' values for a command, or why the target can't hold it. */
  express(command: CreditCommand): Expressed {
    const native: NativeValues = {};
    const problem =
      this.currencyProblem(command) ??
      this.expressGrade(command, native) ??
      this.expressTerm(command, native) ??
      this.expressLimit(command, native) ??
      this.expressHold(command, native);
    if (problem) return { type: 'refused', failure: problem };
    const values = this.observe(native);
    return { type: 'expressed', native, values, lossy: this.lossyFields(command, values) };
  }

  /** What the target's fields mean. */
  observe(native: Readonly<Record<string, unknown>>): CreditValues {
    const { grade, term_days: term, limit, hold } = this.config;
    const values: CreditValues = {};
    if (grade) values.grade = nameOf(grade.values, textOf(native[grade.name]));
    if (term)
      values.term_days = isOff(term.switch, native) ? null : wholeDays(nameOf(term.values, textOf(native[term.name])));
    if (limit) values.limit = this.observeLimit(native);
    if (hold && 'name' in hold) values.hold = nameOf(hold.values, textOf(native[hold.name]));
    for (const field of Object.keys(values) as CreditField[]) if (values[field] === undefined) delete values[field];
    return values;
  }

  /** The literal of the configuration that a text stands for, in its own type; the text itself when there is none. */
  literal(name: string, text: string | null): Literal | null {
    return text === null ? null : (this.literals.get(name)?.get(text) ?? text);
  }

  /** Whether the field holds an amount. */
  isAmount(name: string): boolean {
    return this.config.limit?.name === name;
  }

  /** Whether the field holds a whole number of days as such. */
  isDays(name: string): boolean {
    return this.config.term_days?.name === name && this.config.term_days.values === undefined;
  }

  private currencyProblem(command: CreditCommand): DeliveryFailure | null {
    const { currency } = this.config;
    if (command.limit === null || command.limit === '0' || command.currency === currency) return null;
    const detail = `${command.currency} instead of ${currency}`;
    return failure('TARGET_CURRENCY_DIFFERENT', { type: 'permanent', field: 'currency', needsHuman: true }, detail);
  }

  private expressGrade(command: CreditCommand, native: NativeValues): DeliveryFailure | null {
    const { grade } = this.config;
    if (!grade) return null;
    const value = grade.values ? grade.values[command.grade] : command.grade;
    if (value === undefined) return unsupported('grade', 'no value for this grade');
    const text = literalText(value);
    if (grade.max_length !== undefined && text.length > grade.max_length) {
      return unsupported('grade', `longer than ${grade.max_length}`);
    }
    native[grade.name] = text;
    return null;
  }

  private expressTerm(command: CreditCommand, native: NativeValues): DeliveryFailure | null {
    const { term_days: term } = this.config;
    if (!term) return null;
    const value = term.values ? term.values[String(command.termDays)] : String(command.termDays);
    if (value === undefined) return unsupported('term_days', `no value for ${command.termDays} days`);
    native[term.name] = literalText(value);
    if (term.switch) native[term.switch.name] = literalText(term.switch.on);
    return null;
  }

  private expressLimit(command: CreditCommand, native: NativeValues): DeliveryFailure | null {
    const { limit, hold } = this.config;
    if (!limit) return null;
    const held = command.hold !== 'none' && hold !== undefined && 'by' in hold;
    const amount = held ? '0' : command.limit;
    if (limit.switch) native[limit.switch.name] = literalText(amount === null ? limit.switch.off : limit.switch.on);
    if (amount === null) return this.expressUnlimited(native);
    const room = { scale: limit.scale, precision: limit.precision };
    const rounded = limit.rounding === 'down' ? roundedDown(amount, limit.scale) : amount;
    const problem = decimalProblem(rounded, room);
    if (problem) return unsupported('limit', problem);
    const text = canonicalDecimal(rounded);
    if (typeof limit.unlimited === 'object' && isLiteral(limit.unlimited.value, text)) {
      return unsupported('limit', `the target takes ${text} for unlimited`);
    }
    native[limit.name] = text;
    return null;
  }

  private expressUnlimited(native: NativeValues): DeliveryFailure | null {
    const { limit } = this.config;
    if (!limit || limit.unlimited === 'refuse') return unsupported('limit', 'unlimited');
    if (limit.unlimited === 'switch') native[limit.name] = '0';
    else if (limit.unlimited === 'null') native[limit.name] = null;
    else native[limit.name] = literalText(limit.unlimited.value);
    return null;
  }

  private expressHold(command: CreditCommand, native: NativeValues): DeliveryFailure | null {
    const { hold } = this.config;
    if (!hold) return command.hold === 'none' ? null : unsupported('hold', 'no field for holds');
    if ('name' in hold) native[hold.name] = literalText(hold.values[command.hold]);
    return null;
  }

  private observeLimit(native: Readonly<Record<string, unknown>>): string | null | undefined {
    const { limit } = this.config;
    if (!limit) return undefined;
    const raw = native[limit.name];
    if (limit.unlimited === 'switch' && isOff(limit.switch, native)) return null;
    if (raw === null || raw === undefined || raw === '') return limit.unlimited === 'null' ? null : undefined;
    const amount = readDecimal(raw as string | number);
    if (typeof limit.unlimited === 'object' && isLiteral(limit.unlimited.value, amount)) return null;
    return amount;
  }

  private lossyFields(command: CreditCommand, values: CreditValues): CreditField[] {
    const { limit, hold } = this.config;
    const lossy: CreditField[] = [];
    const byLimit = hold !== undefined && 'by' in hold;
    if (limit && !(byLimit && command.hold !== 'none') && !sameDecimal(values.limit, command.limit))
      lossy.push('limit');
    if (hold && (byLimit ? command.hold !== 'none' : values.hold !== command.hold)) lossy.push('hold');
    return lossy;
  }
}

/** What a write would change, field by field. */
export function changesBetween(before: CreditValues, desired: CreditValues): PlannedWrite['changes'] {
  return (Object.keys(desired) as CreditField[])
    .filter((field) => !sameValues(field, before[field], desired[field]))
    .map((field) => ({ field, from: before[field] ?? null, to: desired[field] ?? null }));
}

function literalsOf(config: CreditMappingConfig): [string, Literal[]][] {
  const { grade, term_days: term, limit, hold } = config;
  const found: [string, Literal[]][] = [];
  const add = (toggle: SwitchConfig | undefined) => {
    if (toggle) found.push([toggle.name, [toggle.on, toggle.off]]);
  };
  if (grade?.values) found.push([grade.name, Object.values(grade.values)]);
  if (term?.values) found.push([term.name, Object.values(term.values)]);
  add(term?.switch);
  add(limit?.switch);
  if (hold && 'name' in hold) found.push([hold.name, HOLDS.map((value) => hold.values[value])]);
  return found;
}

function isOff(toggle: SwitchConfig | undefined, native: Readonly<Record<string, unknown>>): boolean {
  return toggle !== undefined && textOf(native[toggle.name]) !== literalText(toggle.on);
}

function nameOf(values: Record<string, Literal> | undefined, text: string | null): string | null {
  if (!values || text === null) return text;
  return Object.keys(values).find((name) => isLiteral(values[name]!, text)) ?? text;
}

function wholeDays(text: string | null): string | null {
  return text !== null && /^\d+(\.0+)?$/.test(text) ? String(Number(text)) : text;
}

function isLiteral(literal: Literal, text: string): boolean {
  return literalText(literal) === text;
}

/** Flags as '1' and '0', whatever the target's type for them is. */
function literalText(literal: Literal): string {
  return typeof literal === 'boolean' ? (literal ? '1' : '0') : String(literal);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number') return literalText(value);
  return typeof value === 'string' ? value : String(value as bigint);
}
