import { companyName } from './company-name';
import { companyNames, placesInNames } from '../comparison/company-comparisons';

const level = (a: string, b: string): string | null => companyNames.compare(companyName(a)!, companyName(b)!);

describe('a company’s name', () => {
  it.each([
    [
      '成都鼎盛汽车零部件有限公司',
      { places: ['chengdu'], brand: 'dingsheng', trades: ['auto_parts'], form: 'limited' },
    ],
    [
      'Chengdu Dingsheng Auto Parts Co., Ltd.',
      { places: ['chengdu'], brand: 'dingsheng', trades: ['auto_parts'], form: 'limited' },
    ],
    [
      '嘉興九州電子科技股份有限公司',
      { places: ['jiaxing'], brand: 'jiuzhou', trades: ['electronic_technology'], form: 'stock' },
    ],
    ['苏州市诺信轴承有限公司', { places: ['suzhou'], brand: 'nuoxin', trades: ['bearing'] }],
    [
      'RUIXIANG Electronic Technology (Jiaxing) Ltd',
      { places: ['jiaxing'], brand: 'ruixiang', trades: ['electronic_technology'] },
    ],
    ['瑞祥电子科技（嘉兴）有限公司', { places: ['jiaxing'], brand: 'ruixiang', trades: ['electronic_technology'] }],
    ['杭州瀚海化工厂', { brand: 'hanhai', trades: ['chemical'], form: 'works' }],
    ['台州昌盛模具股份有限公司 财务', { brand: 'changsheng', trades: ['mould'], form: 'stock' }],
    ['大连锦程精密机械集团有限公司', { brand: 'jincheng', trades: ['precision_machinery'], isGroup: true }],
    ['Kowal Narzędzia Spółka z o.o.', { brand: 'kowal', trades: ['tools'], form: 'limited' }],
    ['Moretti Automazione S.r.l.', { brand: 'moretti', trades: ['automation'], form: 'limited' }],
    ['Schäfer Anlagenbau GmbH & Co. KG', { brand: 'schafer', trades: ['equipment'], form: 'partnership' }],
    ['Tokai Denki Kabushiki Kaisha', { brand: 'tokai', trades: ['electric'], form: 'stock' }],
    ['Minh Phat Mecha.', { brand: 'minhphat', trades: ['machinery'], form: null }],
    ['ООО Вега', { brand: 'vega', form: 'limited' }],
    ['Общество с ограниченной ответственностью "Вега"', { brand: 'vega', form: 'limited' }],
    ['OJSC Vega Corporation', { brand: 'vega', form: 'stock' }],
    ['The Procter & Gamble Company', { brandWords: ['procter', 'and', 'gamble'], form: 'company' }],
    ['Bowne Global Solutions (Netherlands), B.V.', { places: ['netherlands'], brand: 'bowneglobalsolutions' }],
    ['Mendez Norge A/S', { places: ['norway'], brand: 'mendez', form: 'stock' }],
    ['State Grid Corporation of Chile', { places: ['chile'], brandWords: ['state', 'grid'], form: 'stock' }],
    ['Deutschland GmbH', { places: [], brand: 'deutschland' }],
    ['First Bank Int’l', { brandWords: ['first', 'bank', 'international'] }],
    ['Children’s Hosp. II', { brandWords: ['childrens', 'hospital', 'ii'], numerals: 'ii' }],
    ['杭州第一机床厂', { brandWords: ['第一机床'], numerals: '第一' }],
  ])('%s', (text, parts) => expect(companyName(text)).toMatchObject(parts));

  it.each(['', '   ', '—', '...'])('is none: %j', (text) => expect(companyName(text)).toBeNull());

  it.each([
    ['full', '深圳盛世汽配', '深圳盛世汽车零部件有限责任公司'],
    ['full', '沈阳 万佳供应链管理　有限公司', '沈阳万佳供应链管理有限公司'],
    ['full', 'Ningbo Jiahe Precision Machinery Co., Ltd.', '宁波嘉禾精密机械有限公司'],
    ['whole', 'Dubois Industrie S.A.S.', 'Dubois Industrie SAS'],
    ['same', '杭州瀚海', '杭州瀚海化工厂'],
    ['close', '武汉利工贸股份有限公司', '武汉宝利工贸股份有限公司'],
    ['close', 'Moirkawa Denki K.K.', 'Morikawa Denki K.K.'],
    ['close', 'Minh Phat Mechanical Co., Ltd.', 'Minh Phat Holding Mechanical Co., Ltd.'],
    ['partial', 'Garnier Mécanique S.A.', 'Garnier Mécanique FR S.A.'],
    ['other_trade', '台州力拓医疗器械有限公司', '台州力拓模具有限公司'],
    ['same', '力拓', '力拓有限公司'],
    ['close', '杭州宏达机械有限公司', '杭州鸿达机械有限公司'],
    ['different', 'Blackstone Partners V L.P. II', 'Blackstone Partners V L.P. III'],
    ['different', '杭州第一机床厂', '杭州第二机床厂'],
    ['whole', 'Glencore plc', 'GLENCORE'],
    ['same', 'Vega Ltd', 'VEGA'],
    ['different', '朱秀英', '沈阳百川电缆有限公司'],
  ])('is %s: %s and %s', (expected, a, b) => {
    expect(level(a, b)).toBe(expected);
    expect(level(b, a)).toBe(expected);
  });

  it('with another place is another company’s, but not with the province beside the city', () => {
    const places = (name: string) => companyName(name)!;
    expect(placesInNames.compare(places('台州力拓医疗器械'), places('杭州力拓医疗器械'))).toBe('different');
    expect(placesInNames.compare(places('台州力拓模具'), places('泰州力拓模具'))).toBe('different');
    expect(placesInNames.compare(places('台州力拓模具'), places('Taizhou Lituo Mould'))).toBe('same');
    expect(placesInNames.compare(places('江苏苏州诺信轴承'), places('苏州诺信轴承'))).toBe('same');
  });
});
