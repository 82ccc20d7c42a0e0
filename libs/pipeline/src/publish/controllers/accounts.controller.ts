import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../http/endpoint.decorator';
import { ReadCustomers } from '../use-cases/read-customers';

@ApiTags('customers')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly customers: ReadCustomers) {}

  @Get(':system/:key')
  @Endpoint({ summary: 'The customer of an account', answers: 'AccountOwner', problems: ['ACCOUNT_NOT_FOUND'] })
  async owner(@Param('system') system: string, @Param('key') key: string) {
    return { system, key, customer_id: await this.customers.ofAccount(system, key) };
  }
}
