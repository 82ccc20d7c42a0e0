/**
 * Legal forms by class: forms of one class are spellings or translations of each other. What follows the colon is what
 * `words()` makes of them, dots of abbreviations removed. Longer ones are tried first.
 */
const LATIN: Readonly<Record<string, string>> = {
  limited:
    'co ltd|co limited|company limited|limited company|company ltd|ltd|limited|ltd co|llc|limited liability company|pte ltd|pte limited|pty ltd|pty limited|pvt ltd|private limited|pvt limited|sdn bhd|gmbh|mbh|ges mbh|ggmbh|gesellschaft mit beschrankter haftung|srl|societa a responsabilita limitata|sarl|societe a responsabilite limitee|eurl|bv|besloten vennootschap|bvba|sprl|sp z oo|sp z o o|spolka z oo|spolka z o o|spolka z ograniczona odpowiedzialnoscia|spzoo|sro|s r o|spol s r o|spolecnost s rucenim omezenym|doo|d o o|ood|eood|kft|korlatolt felelossegu tarsasag|sl|s l|sociedad limitada|lda|ltda|limitada|sia|uab|ou|osauhing|aps|anpartsselskab|oy|osakeyhtio|ab|aktiebolag|as|gk|godo kaisha|yk|yugen kaisha|ooo|tov|obshchestvo s ogranichennoy otvetstvennostyu|tovarystvo z obmezhenoyu vidpovidalnistyu|societate cu raspundere limitata|societatea cu raspundere limitata|pte|pty|tnhh|cong ty tnhh|trach nhiem huu han|hf|ehf',
  stock:
    'ag|aktiengesellschaft|sa|s a|societe anonyme|sociedad anonima|spa|societa per azioni|nv|naamloze vennootschap|plc|public limited company|inc|incorporated|corp|corporation|kk|kabushiki kaisha|kabushiki gaisha|sas|societe par actions simplifiee|sasu|a s|aktieselskab|asa|oyj|abp|publ|zrt|nyrt|ad|ead|jsc|ojsc|cjsc|joint stock company|open joint stock company|public joint stock company|closed joint stock company|aktsionernoe obshchestvo|publichnoe aktsionernoe obshchestvo|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|co phan|cong ty co phan|pao|oao|zao|ao|pjsc|bhd|tbk|pt|se|sab de cv|sa de cv|s a de c v|akciova spolecnost|spolka akcyjna|jointstock',
  partnership:
    'gmbh and co kg|gmbh co kg|gmbh and co kgaa|ag and co kg|kg|kommanditgesellschaft|ohg|ek|e k|e kfm|gbr|snc|sas di|llp|lp|limited partnership|limited liability partnership|scs|vof|sp j|sp k|spolka jawna|partnership',
  company: 'co|company|cie|compagnie|and co|et cie|cia|firm|enterprise|enterprises',
  nonprofit: 'ev|e v|eg|e g|foundation|stiftung|stichting|association|verein|fondation|onlus',
};

const HAN: Readonly<Record<string, string>> = {
  stock: '股份有限公司|股份公司|株式会社',
  limited: '有限责任公司|有限公司|有限会社|合同会社|有限责任',
  partnership: '有限合伙企业|有限合伙|合伙企业|普通合伙',
  company: '总公司|分公司|子公司|公司',
  works: '制造厂|总厂|厂',
  shop: '经营部|商行|商店|门市部|个体工商户|服务部',
  nonprofit: '研究院|研究所|事务所|合作社',
};

interface Form {
  class: string;
  text: string;
}

function forms(classes: Readonly<Record<string, string>>): Form[] {
  return Object.entries(classes)
    .flatMap(([name, texts]) => texts.split('|').map((text) => ({ class: name, text })))
    .sort((a, b) => b.text.length - a.text.length);
}

const HAN_FORMS = forms(HAN);
const LATIN_FORMS = new Map(forms(LATIN).map((form) => [form.text, form.class]));
const LONGEST_LATIN = Math.max(...[...LATIN_FORMS.keys()].map((text) => text.split(' ').length));

export interface WithoutForm<T> {
  rest: T;
  /** Class of the legal form; null = none is written. */
  form: string | null;
}

/**
 * A Chinese or Japanese name without its legal form and without what follows it (a department, a contact). The last
 * form counts; a short one (厂) only at the end, for it occurs inside of names. 工厂 is a works, 化工厂 is one of chemicals.
 */
export function withoutHanForm(name: string): WithoutForm<string> {
  const works = /(?<![化精重电加军木])工厂$/.exec(name);
  if (works && works.index > 0) return { rest: name.slice(0, works.index), form: 'works' };
  for (const { class: form, text } of HAN_FORMS) {
    const at = name.lastIndexOf(text);
    if (at > 0 && (text.length > 2 || at + text.length === name.length)) return { rest: name.slice(0, at), form };
    if (at === 0 && text.length > 2) return { rest: name.slice(text.length), form };
  }
  return { rest: name, form: null };
}

/** A name in latin words without its legal forms at the end and at the beginning (OOO Vega). */
export function withoutLatinForm(name: readonly string[]): WithoutForm<string[]> {
  let rest = [...name];
  let form: string | null = null;
  for (let cut = lastForm(rest); cut; cut = lastForm(rest)) {
    rest = rest.slice(0, rest.length - cut.length);
    if (form === null || form === 'company') form = cut.form;
  }
  const first = firstForm(rest);
  if (first && (form === null || form === 'company' || form === first.form))
    return { rest: rest.slice(first.length), form: first.form };
  return { rest, form };
}

interface Cut {
  length: number;
  form: string;
}

function lastForm(name: readonly string[]): Cut | null {
  // At least one word is the name itself.
  for (let length = Math.min(LONGEST_LATIN, name.length - 1); length > 0; length--) {
    const form = LATIN_FORMS.get(name.slice(name.length - length).join(' '));
    if (form !== undefined) return { length, form };
  }
  return null;
}

function firstForm(name: readonly string[]): Cut | null {
  for (let length = Math.min(LONGEST_LATIN, name.length - 1); length > 0; length--) {
    const form = LATIN_FORMS.get(name.slice(0, length).join(' '));
    // `se`, `as` or `sa` begin names in many languages.
    if (form !== undefined && (length > 1 || name[0]!.length > 2)) return { length, form };
  }
  return null;
}
