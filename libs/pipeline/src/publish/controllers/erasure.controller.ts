import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { actorOf, CallerOf, TraceOf, type Caller } from '../access/caller';
import { checkedBody } from '../http/checked.pipe';
import { Endpoint } from '../http/endpoint.decorator';
import { RequiredText } from '../http/query-fields';
import { PERSONAL_DATA_ERASURE, type PersonalDataErasure } from '../ports/commands.port';
import { CUSTOMER_QUERIES, type CustomerQueries } from '../ports/customer-queries.port';
import { findCustomer } from '../use-cases/find-customer';
import { RecordChange } from '../use-cases/record-change';

class EraseBody {
  @RequiredText('Why, such as the number of the request. Nothing personal.')
  reason!: string;
}

@ApiTags('customers')
@Controller('customers')
export class ErasureController {
  constructor(
    @Inject(CUSTOMER_QUERIES) private readonly customers: CustomerQueries,
    @Inject(PERSONAL_DATA_ERASURE) private readonly erasure: PersonalDataErasure,
    private readonly change: RecordChange,
  ) {}

  @Post(':id/erase')
  @Endpoint({
    summary: 'Erase what is personal of a customer',
    description:
      'Names, addresses, contacts and numbers of all its accounts go, and cannot be brought back; what is owed, ordered ' +
      'and rated stays. Erase in the source first: what it sends afterwards counts as ever.',
    answers: 'Erasure',
    problems: ['BAD_BODY', 'CUSTOMER_NOT_FOUND'],
  })
  async erase(
    @Param('id') id: string,
    @Body(checkedBody(EraseBody)) body: EraseBody,
    @CallerOf() caller: Caller,
    @TraceOf() trace: string,
  ) {
    const { customer } = await findCustomer(this.customers, id);
    const outcome = await this.erasure.erase({ customerId: customer.id, reason: body.reason, by: actorOf(caller) });
    const by = { caller, trace };
    await this.change.record(by, 'POST /customers/{id}/erase', customer.id, { before: null, after: { ...outcome } });
    return { customer_id: customer.id, ...outcome };
  }
}
