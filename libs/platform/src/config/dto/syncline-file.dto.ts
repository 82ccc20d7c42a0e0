import { IsIn, IsNotEmpty, IsNumber, IsString, Matches, Max, Min, ValidateIf } from 'class-validator';
import { IsBusinessDate, IsTimeZone } from '../rules';
import { Setting } from '../setting';

const FILE_NAME = /^[\w][\w.-]*\.ya?ml$/;
const fileOf = (what: string, fallback: string) => ({
  meaning: `${what}, beside this file.`,
  expected: 'the name of a .yaml file',
  default: fallback,
});

/** config/syncline.yaml */
export class SynclineFile {
  @Setting({
    meaning: 'Which file under profiles/ says where things are. `--profile` overrides it for one process.',
    expected: 'the name of a file under profiles/, without .yaml',
  })
  @IsString()
  @Matches(/^[a-z][a-z0-9-]*$/)
  profile!: string;

  @Setting({
    meaning: 'The zone whose calendar gives the business date.',
    expected: 'an IANA zone such as Asia/Shanghai',
  })
  @IsTimeZone()
  timeZone!: string;

  @Setting({
    meaning:
      'The day that aging and ratings are as of. A fixed day is for replays and demonstrations: nothing grows older.',
    expected: "'today' or a day such as 2026-11-20",
    default: 'today',
  })
  @IsBusinessDate()
  businessDate: string = 'today';

  @Setting(fileOf('The credit policy', 'credit-policy.yaml'))
  @Matches(FILE_NAME)
  policy: string = 'credit-policy.yaml';

  @Setting({
    meaning:
      'A new credit policy that moves more than this share of the customers (0.1 is a tenth) takes effect only when an administrator approved it.',
    expected: 'a number from 0 to 1, or null: no policy waits',
    default: 'null',
  })
  @ValidateIf((_, value) => value !== null)
  @IsNumber()
  @Min(0)
  @Max(1)
  policyApprovalAbove: number | null = null;

  @Setting(fileOf('What people know about accounts that belong together', 'identity.yaml'))
  @Matches(FILE_NAME)
  identity: string = 'identity.yaml';

  @Setting({
    meaning: 'Which accounts are one customer where no official identifier says so; a file of this folder.',
    expected: 'a file name, or null: nothing is matched by similarity',
    default: 'null',
  })
  @ValidateIf((_, value) => value !== null)
  @Matches(FILE_NAME)
  matching: string | null = null;

  @Setting(fileOf('Which system wins for which attribute', 'survivorship.yaml'))
  @Matches(FILE_NAME)
  survivorship: string = 'survivorship.yaml';

  @Setting({
    meaning: 'How much is logged. When all is well nothing is, whatever stands here.',
    expected: 'one of fatal, error, warn, info, debug',
    default: 'warn',
  })
  @IsString()
  @IsNotEmpty()
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug'])
  logLevel: string = 'warn';
}
