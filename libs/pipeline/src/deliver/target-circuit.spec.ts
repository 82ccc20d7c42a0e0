import { TargetCircuit } from './target-circuit';

describe('the circuit of a target', () => {
  let elapsed: number;
  let circuit: TargetCircuit;

  beforeEach(() => {
    elapsed = 0;
    circuit = new TargetCircuit({ failures: 2, halfOpenAfterMs: 30_000 }, () => elapsed);
  });

  const fail = (): void => {
    circuit.enter();
    circuit.leave('failed');
  };

  it('opens after failures in a row, and an answer in between begins anew', () => {
    fail();
    circuit.leave('answered');
    fail();
    expect(circuit.state).toBe('closed');
    fail();
    expect([circuit.state, circuit.enter()]).toEqual(['open', { type: 'blocked', waitMs: 30_000 }]);
  });

  it('lets one pass try after its time, and the others wait for it', () => {
    fail();
    fail();
    elapsed = 29_999;
    expect(circuit.enter()).toEqual({ type: 'blocked', waitMs: 1 });
    elapsed = 30_000;
    expect([circuit.state, circuit.enter(), circuit.enter()]).toEqual([
      'half_open',
      { type: 'enter' },
      { type: 'blocked', waitMs: 30_000 },
    ]);
    circuit.leave('answered');
    expect([circuit.state, circuit.enter()]).toEqual(['closed', { type: 'enter' }]);
  });

  it('opens again at once when the trial fails, and tries again when it found nothing to ask for', () => {
    fail();
    fail();
    elapsed = 30_000;
    fail();
    expect(circuit.enter()).toEqual({ type: 'blocked', waitMs: 30_000 });
    elapsed = 60_000;
    circuit.enter();
    circuit.leave(null);
    expect([circuit.state, circuit.enter()]).toEqual(['half_open', { type: 'enter' }]);
  });
});
