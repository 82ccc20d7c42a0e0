/** A sentence in the languages that sales people speak with customers. */
export interface BothLanguages {
  en: string;
  zh: string;
}

type Phrase = (value: number) => BothLanguages;

const percent = (value: number) => `${(value * 100).toFixed(1).replace(/\.0$/, '')} %`;
const whole = (value: number) => String(Math.round(Math.abs(value)));

/**
 * What a fact means, said to the customer itself: no codes, no points, nothing that others said about it in confidence.
 * A fact that is not here is none that a sales person should speak about.
 */
export const CUSTOMER_PHRASES: Readonly<Record<string, Phrase>> = {
  pay_index: () => ({
    en: 'over the last year your payments often came after the due date',
    zh: '过去一年贵公司的付款经常晚于到期日',
  }),
  on_time_ratio: (value) => ({
    en: `${percent(value)} of what you paid came on time`,
    zh: `贵公司按时付款的金额占 ${percent(value)}`,
  }),
  max_dpd_open: (value) => ({
    en: `your oldest open invoice is ${whole(value)} days past due`,
    zh: `贵公司最早一笔未付发票已逾期 ${whole(value)} 天`,
  }),
  overdue_ratio: (value) => ({
    en: `${percent(value)} of what is open is past due`,
    zh: `贵公司未付款项中有 ${percent(value)} 已逾期`,
  }),
  overdue_90_ratio: (value) => ({
    en: `${percent(value)} of what is open is more than 90 days past due`,
    zh: `贵公司未付款项中有 ${percent(value)} 逾期超过 90 天`,
  }),
  adbt_trend: (value) =>
    value > 0
      ? { en: `you now pay ${whole(value)} days later than before`, zh: `贵公司近期付款比以前晚 ${whole(value)} 天` }
      : { en: 'you pay no earlier than before', zh: '贵公司近期付款没有比以前更早' },
  broken_ratio: (value) => ({
    en: `${percent(value)} of the promised payment dates were not kept`,
    zh: `贵公司承诺的付款日期有 ${percent(value)} 未能兑现`,
  }),
  utilisation: (value) => ({
    en: `you use ${percent(value)} of your credit limit`,
    zh: `贵公司已使用信用额度的 ${percent(value)}`,
  }),
  tenure_months: (value) => ({
    en: `we have worked together for ${whole(value)} months so far`,
    zh: `我们与贵公司合作至今 ${whole(value)} 个月`,
  }),
  sales_trend: (value) => ({
    en: `you bought ${percent(Math.abs(value))} ${value < 0 ? 'less' : 'more'} than in the 90 days before`,
    zh: `贵公司的采购额比前 90 天${value < 0 ? '减少' : '增加'} ${percent(Math.abs(value))}`,
  }),
  exposure: () => ({
    en: 'what is open and on order is above your credit limit',
    zh: '贵公司的未付款项和在途订单已超出信用额度',
  }),
  bounced_180d: () => ({
    en: 'a payment of yours was returned in the last half year',
    zh: '过去半年贵公司有付款被退回',
  }),
};
