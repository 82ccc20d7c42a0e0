import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsInt, IsString, Max, Min, MinLength, ValidateNested } from 'class-validator';
import { IsAddressRange } from '../rules';
import { Setting } from '../setting';

/** Bounds of what one caller may; they hold for each process that serves the API. */
export class HttpLimitSettings {
  @Setting({
    meaning: 'Requests of one API key a minute; more are answered with 429 and Retry-After. 0 = without bound.',
    expected: 'a whole number, 0 to 1000000',
    default: '6000',
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  requestsPerMinute: number = 6_000;

  @Setting({
    meaning:
      'Wrong keys from one address, or on one key, after which it is locked out: 429 whatever it presents. An address from which a key was rightly used goes on using it. 0 = never.',
    expected: 'a whole number, 0 to 1000',
    default: '10',
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  failedAttempts: number = 10;

  @Setting({
    meaning: 'Seconds in which wrong keys are counted, and that a lockout lasts.',
    expected: 'a whole number, 1 to 86400',
    default: '300',
  })
  @IsInt()
  @Min(1)
  @Max(86_400)
  lockoutSeconds: number = 300;
}

export class HttpSettings {
  @Setting({
    meaning:
      'Address that the API listens on; the other roles listen there for health and metrics. 127.0.0.1 = this machine only.',
    expected: 'a host name or address',
    default: '127.0.0.1',
  })
  @IsString()
  @MinLength(1)
  host: string = '127.0.0.1';

  @Setting({
    meaning: 'Port of the API, of health and of metrics; 0 takes any free one.',
    expected: 'a port, 0 to 65535',
    default: '8080',
  })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8080;

  @Setting({
    meaning:
      'Proxies in front of the API: the address of a caller is then what they say in X-Forwarded-For. From everybody else that header is ignored. Without it, all callers behind a proxy are one address.',
    expected: 'addresses or networks such as 10.0.0.0/8',
    default: '[]',
  })
  @IsArray()
  @IsAddressRange({ each: true })
  trustedProxies: string[] = [];

  @Setting({ meaning: 'How much a caller may.', expected: 'a section', default: 'see below' })
  @IsDefined()
  @ValidateNested()
  @Type(() => HttpLimitSettings)
  limits: HttpLimitSettings = new HttpLimitSettings();
}
