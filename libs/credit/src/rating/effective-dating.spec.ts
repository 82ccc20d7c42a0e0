import { aRating } from '@syncline/testing';
import { datedRatings, ratingOn } from './effective-dating';

const versions = [
  aRating({ version: 1, asOf: '2026-01-10', decidedAt: '2026-01-10T08:00:00.000Z' }),
  aRating({ version: 2, asOf: '2026-02-01', decidedAt: '2026-02-01T08:00:00.000Z' }),
  aRating({ version: 3, asOf: '2026-02-01', decidedAt: '2026-02-01T09:00:00.000Z' }),
];

describe('effective dating', () => {
  it('ends a version the day before the next, and its being the newest when the next is decided', () => {
    expect(
      datedRatings([versions[2], versions[0], versions[1]]).map(({ rating, ...dates }) => [rating.version, dates]),
    ).toEqual([
      [
        1,
        {
          validFrom: '2026-01-10',
          validTo: '2026-01-31',
          knownFrom: versions[0].decidedAt,
          knownTo: versions[1].decidedAt,
        },
      ],
      [
        2,
        {
          validFrom: '2026-02-01',
          validTo: '2026-01-31',
          knownFrom: versions[1].decidedAt,
          knownTo: versions[2].decidedAt,
        },
      ],
      [3, { validFrom: '2026-02-01', validTo: null, knownFrom: versions[2].decidedAt, knownTo: null }],
    ]);
  });

  it.each([
    ['2026-01-09', '2026-12-31T00:00:00.000Z', undefined],
    ['2026-01-31', '2026-12-31T00:00:00.000Z', 1],
    ['2026-02-01', '2026-02-01T08:30:00.000Z', 2],
    ['2026-02-01', '2026-02-01T09:00:00.000Z', 3],
    ['2026-03-01', '2026-01-15T00:00:00.000Z', 1],
  ])('on %s as known at %s it is version %s', (asOf, knownAt, version) => {
    expect(ratingOn(versions, asOf, knownAt)?.version).toBe(version);
    expect(ratingOn([...versions].reverse(), asOf, knownAt)?.version).toBe(version);
  });
});
