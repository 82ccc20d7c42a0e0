import { murmur2, partitionOf } from './partitioner';

describe('partitioner', () => {
  // From the tests of Kafka's own clients: signed 32-bit hashes of texts.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Kafka does', (text, hash) => {
    expect(murmur2(Buffer.from(text)) | 0).toBe(hash);
  });

  it('keeps a key in its partition', () => {
    expect(partitionOf(Buffer.from('abc'), 3)).toBe(479470107 % 3);
    expect(partitionOf(Buffer.from('abc'), 1)).toBe(0);
    expect(partitionOf(null, 3)).toBe(0);
  });
});
