import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsString, Matches, Max, Min, MinLength, ValidateNested } from 'class-validator';
import { IsTimeZone } from '../rules';
import { Setting } from '../setting';

export class SystemTopics {
  @Setting({
    meaning:
      'Source topics are this prefix and the source names of the mapping: `erp.public.` and `party_party` is the topic erp.public.party_party.',
    expected: "a topic prefix such as 'erp.public.'",
  })
  @Matches(/^[A-Za-z0-9._-]+$/)
  prefix!: string;
}

/** config/systems/<name>.yaml */
export class SystemFile {
  @Setting({
    meaning: 'Names the system in the API, in targets and in every record. Not to be changed later.',
    expected: 'lower-case letters, digits and -',
  })
  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  name!: string;

  @Setting({ meaning: 'What people call it.', expected: 'a text' })
  @IsString()
  @MinLength(1)
  title!: string;

  @Setting({ meaning: 'What kind of software it is.', expected: 'erp or crm' })
  @IsIn(['erp', 'crm'])
  role!: 'erp' | 'crm';

  @Setting({
    meaning: 'The lower wins where systems disagree and survivorship.yaml says nothing else.',
    expected: 'a whole number, 1 to 1000',
  })
  @IsInt()
  @Min(1)
  @Max(1000)
  priority!: number;

  @Setting({ meaning: 'Currency of its ledger.', expected: 'an ISO 4217 code such as CNY' })
  @Matches(/^[A-Z]{3}$/)
  currency!: string;

  @Setting({ meaning: 'Zone of its dates.', expected: 'an IANA zone such as Asia/Shanghai' })
  @IsTimeZone()
  timeZone!: string;

  @Setting({
    meaning: 'The file under mappings/ that turns its change events into records.',
    expected: 'the name of a .yaml file',
  })
  @Matches(/^[\w][\w.-]*\.ya?ml$/)
  mapping!: string;

  @Setting({ meaning: 'Where its change events are.', expected: 'a section' })
  @IsDefined()
  @ValidateNested()
  @Type(() => SystemTopics)
  topics!: SystemTopics;
}
