import { Type } from 'class-transformer';
import { ArrayMinSize, IsArray, IsOptional, IsString, Matches, MinLength, ValidateNested } from 'class-validator';
import { Setting } from '../setting';

export class CrossReference {
  @Setting({
    meaning: 'Accounts that are one customer, each as system/key.',
    expected: 'two or more of the form system/key',
  })
  @IsArray()
  @ArrayMinSize(2)
  @Matches(/^[a-z][a-z0-9-]*\/.+$/, { each: true })
  accounts!: string[];

  @Setting({ meaning: 'Why, for those who ask later.', expected: 'a text', default: 'none' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  reason?: string;
}

/** config/identity.yaml */
export class IdentityFile {
  @Setting({
    meaning:
      'What people have agreed outside the systems. Equal official identifiers and merges of the systems need no entry.',
    expected: 'a list',
    default: '[]',
  })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CrossReference)
  crossReferences: CrossReference[] = [];
}
