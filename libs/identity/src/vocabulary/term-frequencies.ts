/**
 * Shares of common names among people, in latin letters: the order of magnitude is what counts. Surnames after the
 * United States census of 2010 and China's household register of 2020, weighed together; given names after lists of
 * births of the last decades in English-speaking countries.
 */
const SURNAMES = `
wang .02 li .02 zhang .018 liu .015 chen .015 yang .009 huang .007 zhao .007 wu .007 zhou .006 xu .006 sun .005 ma .005 zhu .004 hu .004 guo .004 he .004 lin .004 gao .004 luo .003
smith .009 johnson .006 williams .006 brown .006 jones .006 garcia .004 miller .004 davis .004 rodriguez .004 martinez .004 hernandez .003 lopez .003 gonzalez .003 wilson .004 anderson .003 thomas .003 taylor .004 moore .003 jackson .003 martin .003 lee .003 perez .002 thompson .003 white .003 harris .002 sanchez .002 clark .002 lewis .002 robinson .002 walker .002 young .002 allen .002 king .002 wright .002 scott .002 hill .002 green .002 adams .002 nelson .002 baker .002 hall .002 campbell .002 mitchell .002 roberts .002 carter .001 phillips .001 evans .002 turner .002 parker .001 collins .001 edwards .001 stewart .001 morris .001 murphy .001 cook .001 rogers .001 kelly .001 ryan .001 webb .001
muller .004 schmidt .003 schneider .002 fischer .002 weber .002 meyer .002 wagner .002 nguyen .004 tran .002 kim .004 park .002 singh .004 kumar .003 rossi .001 dubois .001 ivanov .001 nowak .001
`;
const GIVEN_NAMES = `
james .012 john .012 robert .011 michael .012 william .011 david .011 thomas .01 joshua .012 jack .012 daniel .011 matthew .011 samuel .009 benjamin .009 joseph .009 lachlan .01 ethan .009 liam .009 jacob .009 nicholas .009 alexander .009 luke .007 ryan .007 harry .006 dylan .006 oliver .008 noah .006 max .004 charlie .004 connor .005 adam .004 andrew .006 christopher .007 george .006 henry .004 harrison .004 isaac .003 jordan .004 nathan .004 tyler .004 zachary .004 callum .003
emily .012 jessica .011 sarah .01 olivia .01 sophie .009 chloe .009 grace .008 charlotte .008 mia .006 ella .007 isabella .008 hannah .007 georgia .006 ruby .005 emma .007 amelia .006 lily .004 lucy .005 mary .007 elizabeth .006 jennifer .005 linda .004 patricia .004 susan .004 caitlin .004 madison .003 holly .003 zoe .003 abigail .004 freya .003 evie .003 poppy .003 sophia .004 ava .003
`;

/**
 * Own names that many companies carry: the usual words of good fortune of Chinese names by their sound (several words
 * share one), words of English names, and surnames that companies bear alone. Shares are of the order of magnitude that
 * company registers show, no more.
 */
const COMPANY_NAMES = `
hongda .001 hengda .0006 xinda .0008 shengda .0006 shunda .0008 xingda .0006 huatai .0006 huaxing .0006 huafeng .0006 huaxin .0006 hengtong .0006 hengxin .0006 hongyuan .0008 hongsheng .0008 hongfa .0006 hongtai .0006 xinyuan .0008 xinsheng .0006 xintai .0006 jinlong .0006 jinyuan .0008 jinda .0006 jinding .0004 tiancheng .0008 tianyu .0006 tianyuan .0006 tianhe .0006 dongfang .0008 zhongtian .0004 zhonglian .0004 changcheng .0004 yongxing .0006 yongsheng .0006 yongchang .0006 ruifeng .0006 ruixiang .0006 wanda .0004 wanjia .0004 boyuan .0006 guangming .0004 xinhua .0006 xinshiji .0006 jiahe .0006 longchang .0004 shengshi .0006 taihe .0006 qiming .0004 chenguang .0004
global .0008 international .0005 united .0006 universal .0005 national .0004 general .0004 first .0004 premier .0006 pioneer .0005 phoenix .0005 eagle .0004 star .0006 sun .0005 sunrise .0005 apex .0006 summit .0006 alpha .0007 delta .0006 omega .0006 sigma .0004 atlas .0006 orion .0005 nova .0006 titan .0005 vega .0004 royal .0004 crown .0004 euro .0004 inter .0003 techno .0003 pro .0004 smart .0004 green .0004 blue .0003 advanced .0004 precision .0004 quality .0003
smith .0006 johnson .0004 williams .0003 brown .0003 muller .0006 mueller .0004 schmidt .0004 schneider .0003 fischer .0003 meyer .0003 weber .0003 wagner .0003 martin .0003 rossi .0003 vandijk .0002 jansen .0003 nowak .0002 kowalski .0002 nguyen .0002 patel .0003
`;

function table(text: string): ReadonlyMap<string, number> {
  const words = text.trim().split(/\s+/);
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, Number(words[at + 1])] as const] : [])));
}

export const TERM_FREQUENCIES = {
  surnames: table(SURNAMES),
  given_names: table(GIVEN_NAMES),
  company_names: table(COMPANY_NAMES),
} as const;
export type TermFrequencyName = keyof typeof TERM_FREQUENCIES;
export const TERM_FREQUENCY_NAMES = Object.keys(TERM_FREQUENCIES) as TermFrequencyName[];
