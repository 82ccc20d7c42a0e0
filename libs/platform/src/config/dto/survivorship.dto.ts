import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Setting } from '../setting';

export class SurvivorshipRuleSettings {
  @Setting({
    meaning:
      'priority: the system that comes first; longest: the longest text; most_common: what most accounts say. Ties fall to priority.',
    expected: 'priority, longest or most_common',
  })
  @IsIn(['priority', 'longest', 'most_common'])
  rule!: 'priority' | 'longest' | 'most_common';

  @Setting({
    meaning: 'Systems in the order in which they win; the others follow by their own priority.',
    expected: 'a list of system names',
    default: 'none',
  })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  systems?: string[];
}

/** config/survivorship.yaml */
export class SurvivorshipFile {
  @Setting({
    meaning: 'For every attribute that has no rule of its own.',
    expected: 'a section with a rule',
    default: '{rule: priority}',
  })
  @IsDefined()
  @ValidateNested()
  @Type(() => SurvivorshipRuleSettings)
  default: SurvivorshipRuleSettings = Object.assign(new SurvivorshipRuleSettings(), { rule: 'priority' as const });

  @Setting({
    meaning:
      'Rules by attribute: name, code, country, currency, segment, tax_id, phone, email, website, street, city, postal_code.',
    expected: 'a section of attributes',
    default: '{}',
  })
  @IsObject()
  @ValidateNested()
  @Type(() => SurvivorshipRuleSettings)
  attributes: Map<string, SurvivorshipRuleSettings> = new Map();
}
