import { cities, codes, streets } from './address-comparisons';
import { companyNames, legalForms, placesInNames } from './company-comparisons';
import type { ComparisonMethod } from './comparison-method';
import { emails, phones } from './contact-comparisons';
import { identifiers } from './identifier-comparison';
import { days, exactTexts, nameParts } from './person-comparisons';

/** By the name that the configuration uses. */
export const COMPARISON_METHODS = {
  company_name: companyNames,
  place_in_name: placesInNames,
  legal_form: legalForms,
  name_part: nameParts,
  identifier: identifiers,
  phone: phones,
  email: emails,
  street: streets,
  city: cities,
  postal_code: codes,
  date: days,
  exact: exactTexts,
} as const;

export type ComparisonMethodName = keyof typeof COMPARISON_METHODS;
export const COMPARISON_METHOD_NAMES = Object.keys(COMPARISON_METHODS) as ComparisonMethodName[];

export function comparisonMethod(name: ComparisonMethodName): ComparisonMethod {
  return COMPARISON_METHODS[name] as unknown as ComparisonMethod;
}
