import { randomFrom } from './seeded-random';

/** What generated accounts are made of. */
export interface AccountsWorkload {
  accounts: number;
  seed: number;
}

/** An account as a system writes it; `party` is the truth. */
export interface GeneratedAccount {
  id: string;
  party: string;
  attributes: Record<string, string[]>;
}

/** Of the accounts that come, those of a party that is already there. */
const AGAIN = 1 / 3;

/**
 * Accounts of companies with the truth, in the order in which they come: every third is of a party that came before,
 * written in another way. Names have as many brands as there are in a country: common ones occur often, and more often
 * the more accounts there are. Made from a seed; nothing is kept but a number for each party.
 */
export function* accountsWorkload({ accounts, seed }: AccountsWorkload): Generator<GeneratedAccount> {
  const random = randomFrom(seed);
  let parties = 0;
  for (let at = 0; at < accounts; at++) {
    const isAgain = parties > 0 && random() < AGAIN;
    const party = isAgain ? Math.floor(random() * parties) : parties++;
    const own = companyOf(party, seed);
    const attributes = isAgain ? writtenAgain(own, random) : { ...own.written, identifier: [own.identifier] };
    yield { id: String(at), party: String(party), attributes };
  }
}

const HEADINGS = ['name', 'phone', 'email', 'street', 'city', 'postal_code', 'identifier'] as const;

/** The same as lines of a CSV file with the columns `id`, `party` and one for each attribute. */
export function* accountLines(workload: AccountsWorkload): Generator<string> {
  yield ['id', 'party', ...HEADINGS].join();
  for (const { id, party, attributes } of accountsWorkload(workload))
    yield [id, party, ...HEADINGS.map((name) => attributes[name]?.[0] ?? '')].map(quoted).join();
}

function quoted(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}

const HAN_CITIES =
  '杭州 宁波 温州 苏州 无锡 常州 南京 青岛 济南 广州 深圳 佛山 东莞 成都 武汉 长沙 郑州 合肥 厦门 天津'.split(' ');
const LATIN_CITIES = 'Hamburg München Stuttgart Lyon Lille Milano Torino Leeds Bristol Gdańsk Utrecht Porto'.split(' ');
const HAN_SYLLABLES = [
  ...'鼎盛华泰宏远力拓金瑞恒通德信嘉禾兴业天成美联创达永安东方正大海诺利民新光百川万隆同济中科凯越佳和顺福康宁博雅锦绣星辰云峰长青',
  ...'润泽裕丰亿腾飞翔宇航祥龙凤麟睿智慧明朗晟昊坤乾元亨贞固本立伟杰豪英俊卓群超凡益友善仁义礼诚忠勇毅强健全优胜欧亚环球格林奥森迪',
  ...'捷迅速易购汇聚源泉溪江河湖洋岛山岭岩石玉珠宝银铜铁钢松柏梅兰竹菊荷桂枫桐',
];
const LATIN_SYLLABLES =
  'al an ar ba bel ber bo cal cor da dan del di el en fer fi gar gen gra hel ho im in jun ka ker kor lan lo mar mel mi nor nu ol or pa per pra qui ra ros sa sol ster ta tec tri ul va ver wal win xen yor zan zo'.split(
    ' ',
  );
const HAN_TRADES =
  '医疗器械 精密机械 汽车零部件 电子科技 新材料 环保科技 国际贸易 物流 化工 阀门 模具 塑料 食品 软件 建材'.split(' ');
const LATIN_TRADES =
  'Medical Devices|Precision Machinery|Auto Parts|Electronics|Logistics|Chemicals|Valves|Tools|Plastics|Foods|Software'.split(
    '|',
  );
const HAN_FORMS = ['有限公司', '股份有限公司', '有限责任公司'];
const LATIN_FORMS = ['GmbH', 'Ltd', 'SARL', 'S.r.l.', 'AG', 'Sp. z o.o.', 'B.V.', 'Inc.'];
const STREETS = '人民路 解放路 中山路 建设路 工业大道 科技路 长江路 滨河路'.split(' ');
const LATIN_STREETS = 'Industrial Road|Station Street|Mill Lane|Harbour Way|High Street|Park Avenue'.split('|');

interface Company {
  written: Record<string, string[]>;
  /** The name without place and legal form. */
  short: string;
  domain: string;
  identifier: string;
}

type Random = () => number;

function companyOf(party: number, seed: number): Company {
  const random = randomFrom(seed * 7_919 + party);
  const isHan = random() < 0.6;
  const [city, brand] = isHan
    ? [pick(HAN_CITIES, random), hanBrand(random)]
    : [pick(LATIN_CITIES, random), capital(Array.from({ length: 3 }, () => common(LATIN_SYLLABLES, random)).join(''))];
  const trade = pick(isHan ? HAN_TRADES : LATIN_TRADES, random);
  const form = pick(isHan ? HAN_FORMS : LATIN_FORMS, random);
  const domain = `c${party.toString(36)}.example`;
  const street = isHan
    ? `${pick(STREETS, random)}${number(1, 999, random)}号`
    : `${number(1, 300, random)} ${pick(LATIN_STREETS, random)}`;
  return {
    written: {
      name: [isHan ? city + brand + trade + form : `${brand} ${trade} ${form}`],
      phone: [isHan ? `0${number(571, 579, random)}-8${digits(7, random)}` : `+49 40 ${digits(8, random)}`],
      email: [`${pick(['info', 'sales', 'office'], random)}@${domain}`],
      street: [street],
      city: [isHan ? `${city}市` : city],
      postal_code: [digits(isHan ? 6 : 5, random)],
    },
    short: isHan ? brand + trade : `${brand} ${trade}`,
    domain,
    identifier: `cn_uscc:9133${digits(14, random)}`,
  };
}

function hanBrand(random: Random): string {
  const syllables = random() < 0.8 ? 2 : 3;
  return Array.from({ length: syllables }, () => common(HAN_SYLLABLES, random)).join('');
}

/** As another system writes it: parts are left out, shortened, mistyped, or those of another contact. */
function writtenAgain({ written, short, domain, identifier }: Company, random: Random): Record<string, string[]> {
  const [name, phone] = [written['name']![0]!, written['phone']![0]!];
  const kind = random();
  return {
    name: [kind < 0.4 ? name : kind < 0.7 ? short : mistyped(name, random)],
    phone: random() < 0.3 ? [] : [random() < 0.6 ? phone : phone.slice(0, -4) + digits(4, random)],
    email: random() < 0.3 ? [] : [random() < 0.5 ? written['email']![0]! : `${digits(5, random)}@${domain}`],
    street: random() < 0.4 ? [] : written['street']!,
    city: random() < 0.2 ? [] : written['city']!,
    postal_code: random() < 0.5 ? [] : written['postal_code']!,
    identifier: random() < 0.3 ? [identifier] : [],
  };
}

/** Two neighbours have changed places. */
function mistyped(text: string, random: Random): string {
  const at = number(0, text.length - 2, random);
  return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!;
}

/** The first ones more often than the last ones. */
function common(values: readonly string[], random: Random): string {
  return values[Math.floor(random() ** 1.5 * values.length)]!;
}

function number(from: number, to: number, random: Random): number {
  return from + Math.floor(random() * (to - from + 1));
}

function digits(length: number, random: Random): string {
  return String(Math.floor(random() * 10 ** length)).padStart(length, '0');
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
