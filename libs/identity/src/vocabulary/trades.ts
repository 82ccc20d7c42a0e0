/**
 * What companies say of their trade in their names. Each line is one trade: words in simplified characters, abbreviated
 * ones too, then words in latin letters of several languages. Names of one trade meet across scripts and abbreviations.
 */
const TRADES = `
汽车零部件 汽车配件 汽配 汽车部件 汽零 | auto parts; automotive parts; automotive components; auto components; autoteile; autoparts
医疗器械 医械 医疗设备 | medical devices; medical equipment; medical instruments; medizintechnik; medical
精密机械 精机 | precision machinery; precision machine; feinmechanik
包装机械 包机 | packaging machinery; packing machinery; verpackungsmaschinen
纺织机械 纺机 | textile machinery; textilmaschinen
工程机械 | construction machinery; baumaschinen
机械设备 机械 机械制造 | machinery; machine; machines; machinery equipment; mechanical; mechanics; maschinenbau; maschinen; meccanica; mecanique; mechanika; maquinaria; cokhi
机电设备 机电 | electromechanical; electromechanical equipment; mechanical and electrical equipment; mechatronics
智能装备 智装 智能设备 | intelligent equipment; smart equipment
智能科技 智能 | intelligent technology; smart technology
电子科技 电科 电子技术 | electronic technology; electronics technology; electronic tech
电子 电子设备 | electronics; electronic; elektronik; elettronica; electronique; denshi
光电科技 光电 | optoelectronics; optoelectronic technology; photoelectric technology
新材料 新材 新材料科技 | new materials; new material; advanced materials
环保科技 环保 环境科技 | environmental technology; environmental protection technology; environmental; umwelttechnik
国际贸易 国贸 外贸 进出口 | international trade; international trading; import and export; import export; foreign trade
贸易 商贸 | trading; trade; commerce; handel; handels; commercio; commerce
工贸 | industry and trade; industrial and trading; industry trade
供应链管理 供应链 | supply chain; supply chain management
物流 物流服务 | logistics; logistik; logistica; logistique; spedition; transport
化工 化学 化学工业 | chemical; chemicals; chemical industry; chemie; chimica; chimie
液压件 液压 液压机械 | hydraulics; hydraulic; hydraulic parts; hydraulic components; hydraulik
轴承 | bearing; bearings; walzlager; cuscinetti
阀门 | valve; valves; armaturen; valvole
电缆 线缆 | cable; cables; wire and cable; kabel; cavi
模具 | mould; mold; moulds; molds; tooling; werkzeugbau; stampi
工具 | tools; tool; werkzeuge; narzedzia; utensili; outils; herramientas
钢结构 | steel structure; steel structures; stahlbau
钢铁 | steel; iron and steel; stahl; acciaio; acier
塑料 塑胶 | plastic; plastics; kunststoff; kunststofftechnik; plastica; plastique
橡胶 | rubber; gummi
五金 五金制品 | hardware; metal products; eisenwaren
金属 金属制品 | metal; metals; metall; metallbau; metalli; metaux
食品 | food; foods; lebensmittel; alimentari
医药 制药 药业 | pharmaceutical; pharmaceuticals; pharma
生物科技 生物技术 生物 | biotechnology; biotech; bio technology
软件 软件技术 | software
网络科技 网络技术 网络 | network technology; networks; network
信息技术 信息科技 信息 | information technology; informatics; informatique; informatik
科技 技术 科技发展 | technology; technologies; technics; technik; technic; tech; tecnologie; tecnologia; techniek
自动化 自动化设备 自动化科技 | automation; automazione; automatisation; automatisierung; automatyka; automatizacion
设备 装备 | equipment; anlagenbau; anlagen; impianti
实业 工业 产业 | industrial; industry; industries; industrie; industria; przemysl
电气 电器 电机 电力 | electric; electrical; elektro; elektrotechnik; elettrica; electrique; denki; elektryka
仪器 仪表 仪器仪表 | instruments; instrument; instrumentation
建材 建筑材料 | building materials; baustoffe
建筑 建设 建设工程 | construction; bau; costruzioni; building; hoch und tiefbau
服装 服饰 | garment; garments; clothing; apparel; fashion
纺织 | textile; textiles; textil
家具 | furniture; mobel; mobili
印刷 | printing; druck; druckerei; print
包装 | packaging; verpackung; verpackungen; imballaggi; emballage
能源 新能源 | energy; new energy; energie; energia
文化传媒 文化 传媒 | media; culture; culture media
咨询 管理咨询 | consulting; consultants; beratung; advisory
服务 | service; services; servizi
投资 | investment; investments; invest; beteiligungen
发展 | development
农业 农业科技 | agriculture; agricultural; agri; landwirtschaft
`;
/** Says that a company leads or belongs to others; neither its name nor its trade. */
const GROUP_HAN = ['集团', '控股'];
const GROUP_LATIN = new Set(['holding', 'holdings', 'group', 'gruppe', 'gruppo', 'groupe', 'grupa']);

interface Trade {
  code: string;
  text: string;
}

const HAN_TRADES: Trade[] = [];
const LATIN_TRADES = new Map<string, string>();
for (const line of TRADES.trim().split('\n')) {
  const [han, latin] = line.split(' | ');
  const code = latin!.split('; ')[0]!.replaceAll(' ', '_');
  for (const text of han!.trim().split(' ')) HAN_TRADES.push({ code, text });
  for (const text of latin!.split('; ')) LATIN_TRADES.set(text, code);
}
HAN_TRADES.sort((a, b) => b.text.length - a.text.length);
const LONGEST_LATIN = Math.max(...[...LATIN_TRADES.keys()].map((text) => text.split(' ').length));

export interface WithoutTrades<T> {
  rest: T;
  /** Codes, sorted. */
  trades: string[];
  isGroup: boolean;
}

/** Trades at the end of a name in simplified characters; at least one character stays. */
export function withoutHanTrades(name: string): WithoutTrades<string> {
  const trades = new Set<string>();
  let rest = name;
  let isGroup = false;
  for (;;) {
    const group = GROUP_HAN.find((text) => rest.length > text.length && rest.endsWith(text));
    const trade = HAN_TRADES.find(({ text }) => rest.length > text.length && rest.endsWith(text));
    if (group) isGroup = true;
    else if (trade) trades.add(trade.code);
    else break;
    rest = rest.slice(0, rest.length - (group ?? trade!.text).length);
  }
  return { rest, trades: [...trades].sort(), isGroup };
}

/** Trades anywhere in a name in latin words; an abbreviation (`mecha.`) is one where a dot follows it. */
export function withoutLatinTrades(name: readonly string[], abbreviated: ReadonlySet<string>): WithoutTrades<string[]> {
  const trades = new Set<string>();
  const rest: string[] = [];
  let isGroup = false;
  for (let at = 0; at < name.length;) {
    const found = at === 0 && name.length === 1 ? null : tradeAt(name, at, abbreviated);
    if (found) trades.add(found.code);
    else if (GROUP_LATIN.has(name[at]!)) isGroup = true;
    else rest.push(name[at]!);
    at += found?.length ?? 1;
  }
  if (rest.length > 0) return { rest, trades: [...trades].sort(), isGroup };
  return { rest: [...name], trades: [], isGroup };
}

function tradeAt(
  name: readonly string[],
  at: number,
  abbreviated: ReadonlySet<string>,
): { code: string; length: number } | null {
  for (let length = Math.min(LONGEST_LATIN, name.length - at); length > 0; length--) {
    const code = LATIN_TRADES.get(name.slice(at, at + length).join(' '));
    if (code !== undefined) return { code, length };
  }
  const word = name[at]!;
  if (word.length < 3 || !abbreviated.has(word)) return null;
  for (const [text, code] of LATIN_TRADES) if (text.startsWith(word)) return { code, length: 1 };
  return null;
}
