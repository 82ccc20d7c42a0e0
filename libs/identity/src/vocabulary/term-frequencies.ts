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

function table(text: string): ReadonlyMap<string, number> {
  const words = text.trim().split(/\s+/);
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, Number(words[at + 1])] as const] : [])));
}

export const TERM_FREQUENCIES = { surnames: table(SURNAMES), given_names: table(GIVEN_NAMES) } as const;
export type TermFrequencyName = keyof typeof TERM_FREQUENCIES;
export const TERM_FREQUENCY_NAMES = Object.keys(TERM_FREQUENCIES) as TermFrequencyName[];
