/**
 * Characters whose usual sound is another one than the table of any script has; `sound characters`. Found by going
 * through the 3,755 most common characters of GB 2312.
 */
const READINGS =
  'ao 嚣|bao 剥|bo 泊簿|bu 卜|cha 刹|chang 长|chi 匙|di 地|fo 佛|hao 镐|jiao 嚼|jie 藉|ju 桔|le 勒|liao 了|lv 驴吕铝侣旅履屡缕虑氯律率滤绿|' +
  'lve 掠略|mo 貉|mu 牟|nian 粘辗|nv 女|nve 虐疟|pa 耙|pu 埔|qie 茄|shan 栅|shui 谁|si 伺|tan 弹|tiao 调|tun 囤|tuo 拓|xian 铣|xiao 削|' +
  'zai 仔|zhai 翟|zhua 爪|zhuang 幢|zhuo 琢|zui 咀';

/** Character → sound without tone. */
export const UNUSUAL_READINGS: ReadonlyMap<string, string> = new Map(
  READINGS.split('|').flatMap((entry) => {
    const [sound, characters] = entry.split(' ') as [string, string];
    return [...characters].map((character) => [character, sound] as const);
  }),
);
