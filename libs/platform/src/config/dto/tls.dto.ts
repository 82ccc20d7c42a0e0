import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { IsOptional, IsString, MinLength, ValidateNested } from 'class-validator';
import type { SecretRef } from '../../secrets/secret-ref';
import { SecretSetting, Setting } from '../setting';

/** An encrypted connection. The server's certificate and name are always checked. */
export class TlsSettings {
  @Setting({
    meaning: 'Certificates of the authorities that are trusted instead of those that Node.js trusts.',
    expected: 'path of a PEM file, from the folder of the configuration',
    default: 'those of Node.js',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  caFile?: string;

  @Setting({
    meaning: 'Name that the server’s certificate must have, where it is not the host of the address.',
    expected: 'a host name or address',
    default: 'the host of the address',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  serverName?: string;
}

/** An encrypted connection to a server that may ask who is there. */
export class MutualTlsSettings extends TlsSettings {
  @Setting({
    meaning: 'Certificate that Syncline shows, with those between it and the authority behind it. Needs key_file.',
    expected: 'path of a PEM file, from the folder of the configuration',
    default: 'none',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  certFile?: string;

  @Setting({
    meaning: 'Private key of cert_file.',
    expected: 'path of a PEM file, from the folder of the configuration',
    default: 'none',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  keyFile?: string;

  @IsOptional()
  @SecretSetting({
    meaning: 'What key_file is encrypted with.',
    expected: "'${env:NAME}' or '${file:path}'",
    default: 'none',
  })
  keyPassphrase?: SecretRef;
}

/** A field `tls`: true is a section without fields, false is none. */
export function TlsSetting(type: new () => TlsSettings, meaning: string): PropertyDecorator {
  return applyDecorators(
    Setting({ meaning, expected: 'true, false or a section', default: 'false' }),
    Transform(({ value }): unknown => (value === true ? new type() : value === false ? undefined : value)),
    IsOptional(),
    ValidateNested(),
    Type(() => type),
  );
}
