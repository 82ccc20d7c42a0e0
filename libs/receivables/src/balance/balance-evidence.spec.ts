import { explainByEvidence } from './balance-evidence';
import type { BreakType, ControlBreak } from '../control-account-breaks';

const candidate = (type: BreakType, amount: string, ...documents: string[]): ControlBreak => ({
  type,
  amount,
  documents,
});
const explain = (reported: string, ...candidates: ControlBreak[]) =>
  explainByEvidence({ reported, computed: '1000', lines: 3, candidates });

describe('a reported balance', () => {
  it('agrees exactly, or up to 0.01 a line', () => {
    expect(explain('1000')).toEqual({ computed: '1000', difference: '0', breaks: [], agrees: true });
    expect(explain('1000.03')).toMatchObject({ breaks: [{ type: 'ROUNDING', amount: '0.03' }], agrees: true });
    expect(explain('1000.04')).toMatchObject({ breaks: [{ type: 'UNKNOWN', amount: '0.04' }], agrees: false });
  });

  it('is explained by one document that makes just this difference', () => {
    const others = [candidate('UNPOSTED', '-100', 'a'), candidate('UNPOSTED', '-30', 'b')];
    expect(explain('970', ...others, candidate('PERIOD_CUTOFF', '50', 'c')).breaks).toEqual([
      candidate('UNPOSTED', '-30', 'b'),
    ]);
  });

  it('is explained by as few types as possible, with all their documents', () => {
    const candidates = [
      candidate('UNPOSTED', '-100', 'a'),
      candidate('UNPOSTED', '-30', 'b'),
      candidate('PERIOD_CUTOFF', '50', 'c'),
    ];
    expect(explain('870.01', ...candidates).breaks).toEqual([
      candidate('UNPOSTED', '-130', 'a', 'b'),
      candidate('ROUNDING', '0.01'),
    ]);
    expect(explain('920', ...candidates).breaks).toEqual([
      candidate('PERIOD_CUTOFF', '50', 'c'),
      candidate('UNPOSTED', '-130', 'a', 'b'),
    ]);
  });

  it('is unknown, with what to look at, when the evidence does not come out even', () => {
    expect(explain('900', candidate('UNPOSTED', '-30', 'b'), candidate('UNPOSTED', '-50', 'a')).breaks).toEqual([
      candidate('UNKNOWN', '-100', 'a', 'b'),
    ]);
  });

  it('does not choose between two documents of one amount', () => {
    const candidates = [candidate('UNPOSTED', '-30', 'a'), candidate('PERIOD_CUTOFF', '-30', 'b')];
    expect(explain('970', ...candidates).breaks).toEqual([candidate('UNKNOWN', '-30', 'a', 'b')]);
    const ofOneType = [candidate('UNPOSTED', '-30', 'a'), candidate('UNPOSTED', '-30', 'b')];
    expect(explain('970', ...ofOneType).breaks).toEqual([candidate('UNKNOWN', '-30', 'a', 'b')]);
  });
});
