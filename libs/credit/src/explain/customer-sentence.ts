import type { CreditRating, Hold } from '@syncline/model';
import type { CompiledRule } from '../rating/compiled-policy';
import { CUSTOMER_PHRASES, type BothLanguages } from './customer-phrases';

const MOST_PHRASES = 2;

/** The part of a rating that is said to the customer. */
export type SpokenRating = Pick<CreditRating, 'termDays' | 'limit' | 'currency' | 'hold' | 'score' | 'features'>;

/**
 * What a sales person can read to the customer: what it is offered, what is held, what this comes from and what would
 * help, in English and Chinese. It names neither grade nor points nor rules, and nothing that the customer does not
 * know itself (insolvency registers, agencies, decisions of people).
 * @param rules hard rules that fired
 * @param losses features that cost points, the greatest first
 */
export function customerSentence(
  rating: SpokenRating,
  rules: readonly CompiledRule[],
  losses: readonly string[],
): BothLanguages {
  const phrases = phrasesOf(rating, rules, losses);
  const parts = [offer(rating), ...held(rating.hold), ...why(rating, phrases), ...advice(rating)];
  return { en: parts.map(({ en }) => en).join(' '), zh: parts.map(({ zh }) => zh).join('') };
}

function offer({ termDays, limit, currency }: SpokenRating): BothLanguages {
  if (limit === '0' || termDays === 0)
    return { en: 'At present we can supply you against payment in advance.', zh: '目前我们只能按预付款方式供货。' };
  const term = { en: `Your payment term is ${termDays} days`, zh: `贵公司的账期为 ${termDays} 天` };
  if (limit === null) return { en: `${term.en}.`, zh: `${term.zh}。` };
  const amount = grouped(limit);
  const zh = currency === 'CNY' ? `${amount} 元人民币` : `${currency} ${amount}`;
  return {
    en: `${term.en} and your credit limit is ${currency} ${amount}.`,
    zh: `${term.zh}，信用额度为 ${zh}。`,
  };
}

function held(hold: Hold): BothLanguages[] {
  if (hold === 'none') return [];
  return hold === 'all'
    ? [{ en: 'New orders and deliveries are on hold.', zh: '目前新订单和发货均已暂停。' }]
    : [{ en: 'New orders are on hold.', zh: '目前新订单已暂停。' }];
}

function why({ score, hold }: SpokenRating, phrases: readonly BothLanguages[]): BothLanguages[] {
  if (phrases.length > 0)
    return [
      {
        en: `What this comes from: ${phrases.map(({ en }) => en).join(', and ')}.`,
        zh: `主要原因：${phrases.map(({ zh }) => zh).join('；')}。`,
      },
    ];
  if (score === null)
    return [
      {
        en: 'We do not know enough of your payments yet to offer more.',
        zh: '我们掌握的贵公司付款记录还不够多，暂时无法给予更多。',
      },
    ];
  if (hold === 'none') return [];
  return [{ en: 'Our credit department will explain it to you.', zh: '具体情况由我们的信用部门向贵公司说明。' }];
}

/** What the customer can do about it. */
function advice({ features, score }: SpokenRating): BothLanguages[] {
  if (Number(features['max_dpd_open'] ?? 0) > 0)
    return [{ en: 'Paying the overdue invoices helps most.', zh: '结清逾期款项最有帮助。' }];
  if (score === null) return [{ en: 'Payments by the due date will raise it.', zh: '按期付款将有助于提高额度。' }];
  return [];
}

/** First what rules name, then what cost points; each fact once, only those that may be spoken of. */
function phrasesOf(
  { features }: SpokenRating,
  rules: readonly CompiledRule[],
  losses: readonly string[],
): BothLanguages[] {
  const named = rules.flatMap(({ condition }) => [...condition.names]);
  const facts = [...new Set([...named, ...losses])].filter((fact) => (features[fact] ?? null) !== null);
  const spoken = facts.flatMap((fact) => {
    const phrase = CUSTOMER_PHRASES[fact];
    return phrase ? [phrase(Number(features[fact]))] : [];
  });
  return spoken.slice(0, MOST_PHRASES);
}

/** 1234567.5 → 1,234,567.5 */
function grouped(amount: string): string {
  const [whole, fraction] = amount.split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
