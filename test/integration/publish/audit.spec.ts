import { Controller, Param, Put } from '@nestjs/common';
import { ACCESS_MATRIX, CHANGES_NOTHING, type Access } from '@syncline/pipeline/publish';
import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { auditSuite } from './audit.suite';
import { GatewayHarness } from './gateway.harness';

auditSuite(temporarySqliteStore);

describe('an endpoint that records nothing itself', () => {
  const endpoint = 'PUT /thing/{id}';

  @Controller('thing')
  class Careless {
    @Put(':id')
    change(@Param('id') id: string) {
      return { changed: id };
    }
  }

  it('leaves an entry of who called it on what', async () => {
    (ACCESS_MATRIX as Record<string, Access>)[endpoint] = ['operator'];
    const gateway = await GatewayHarness.start(temporarySqliteStore, { controllers: [Careless] });
    try {
      expect((await gateway.call('PUT', '/thing/7', 'operator', {})).body).toEqual({ changed: '7' });
      expect((await gateway.call('PUT', '/thing/7', 'analyst', {})).status).toBe(403);
      const { items } = (await gateway.call('GET', '/audit', 'operator')).body;
      expect(items).toMatchObject([{ action: endpoint, subject: '7', role: 'operator' }]);
    } finally {
      delete (ACCESS_MATRIX as Record<string, Access>)[endpoint];
      await gateway.stop();
    }
  });

  it('is not among those that change nothing', () => {
    for (const each of CHANGES_NOTHING) expect(Object.keys(ACCESS_MATRIX)).toContain(each);
    expect(Object.keys(ACCESS_MATRIX).filter((each) => / \/audit/.test(each) && !each.startsWith('GET '))).toEqual([]);
  });
});
