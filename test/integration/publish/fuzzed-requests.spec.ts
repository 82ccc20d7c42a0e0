import fc from 'fast-check';
import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { findings } from './findings';
import { GatewayHarness, type Answer } from './gateway.harness';
import { requestsOf, type Operation, type Schemas } from './request-arbitrary';
import { seed } from './sample-data';

/** More of it: `SYNCLINE_FUZZ_RUNS=2000 npx jest --selectProjects=unit --testPathPatterns fuzz`. */
const RUNS = Math.ceil(Number(process.env['SYNCLINE_FUZZ_RUNS'] ?? 3_000) / 200);
/** What a stack, a statement or a path of ours looks like. */
const INSIDES = /\bat \S+ \(|\/(libs|dist|node_modules)\/|SELECT |SQLITE_|ECONN/;

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas };
}

describe('requests that the OpenAPI document allows, and those that it does not', () => {
  let harness: GatewayHarness;
  let document: Document;

  beforeAll(async () => {
    harness = await GatewayHarness.start(temporarySqliteStore, { limits: NO_LIMITS });
    await seed(harness.store);
    document = (await harness.call('GET', '/openapi.json', null)).body as unknown as Document;
  }, 60_000);

  afterAll(() => harness?.stop());

  it('are answered, or refused with a problem, and never with a fault or what is inside', async () => {
    let answered = 0;
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        await fc.assert(
          fc.asyncProperty(requestsOf(path, operation, document.components.schemas), async ({ url, payload }) => {
            const answer = await harness.call(method.toUpperCase(), url, 'administrator', payload);
            if (answer.status < 300) answered += 1;
            expect(faultsOf(answer)).toEqual([]);
          }),
          { numRuns: RUNS },
        );
      }
    }
    expect(answered).toBeGreaterThan(100);
  }, 240_000);

  it('may say null for what they leave out, and send JSON where JSON is read', async () => {
    const key = { name: 'null', role: 'operator', expires_at: null };
    expect((await harness.call('POST', '/api-keys', 'administrator', key)).body).toMatchObject({ expires_at: null });
    const answer = await harness.call('POST', '/api-keys', 'administrator', '{"name": "x"}\n');
    expect([answer.status, answer.body.code]).toEqual([415, 'MEDIA_TYPE']);
  });

  it('are refused where their address is no text, and looked up where a key is merely long', async () => {
    for (const path of ['/customers/%zz', `/customers/${'a'.repeat(2_000)}`]) {
      const answer = await harness.call('GET', path, 'administrator');
      expect([answer.status, answer.body.code, faultsOf(answer)]).toEqual([400, 'BAD_ADDRESS', []]);
    }
    const answer = await harness.call('GET', `/accounts/erp/${'长'.repeat(100)}`, 'administrator');
    expect([answer.status, answer.body.code]).toEqual([404, 'ACCOUNT_NOT_FOUND']);
  });

  function faultsOf(answer: Answer): string[] {
    const { status, text } = answer;
    // A part that is not there in this test may be unavailable; it has to say so.
    const isFault = status >= 500 && status !== 503;
    const isProblem = status < 400 || (findings('Problem', answer) as unknown[]).length === 0;
    return [
      ...(isFault ? [`${status} ${text}`] : []),
      ...(isProblem ? [] : [`no problem: ${status} ${text}`]),
      ...(status >= 400 && INSIDES.test(text) ? [`shows what is inside: ${text}`] : []),
    ];
  }
});

const NO_LIMITS = { failedAttempts: 0, lockoutSeconds: 1, requestsPerMinute: 0 };
