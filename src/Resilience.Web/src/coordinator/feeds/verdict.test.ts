// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import type { FeedTrial } from '../../shared/api';

vi.stubGlobal('navigator', { languages: ['en'] });
const { judge } = await import('./verdict');

const now = Date.UTC(2026, 4, 1, 12);
const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
const sample = (i: number, part: Partial<FeedTrial['samples'][number]> = {}): FeedTrial['samples'][number] => ({
  station: `s${i}`, stationName: `Weir ${i}`, lon: 89.9 + i / 10, lat: 27.5, datastream: `s${i}:stage`, property: 'Stage', name: 'Stage', unit: 'm', value: 1, time: at(-0.2), quality: [], ...part,
});
const trial = (part: Partial<FeedTrial> = {}): FeedTrial => ({
  fetched: [{ address: 'https://a', bytes: 9, contentType: null, reason: null, trouble: null, morePages: false }],
  stations: 3, datastreams: 3, observations: 3, usable: 3, new: 3, missing: 0, from: at(-1), to: at(-0.2), samples: [1, 2, 3].map((i) => sample(i)), refused: [], coverages: [], bulletins: 0, links: 0, announced: [], outside: 0, repairs: [], ...part,
});

describe('the verdict', () => {
  it('is good when nothing speaks against it', () =>
    expect(judge(trial(), now)).toEqual({ tone: 'good', line: 'All 3 values can be used, from 3 stations.', findings: [] }));

  it('counts what is set aside, and says why', () => {
    const verdict = judge(trial({ observations: 1255, usable: 1247, refused: [{ reason: 'unknown-station', count: 8, examples: [] }, { reason: 'not-a-number', count: 5, examples: [] }] }), now);
    expect(verdict).toMatchObject({ tone: 'doubt', line: '1,247 of 1,260 values can be used; 13 set aside: unknown station, not a number.' });
  });

  it('makes a wrong zone the headline when all times lie in the future', () => {
    const verdict = judge(trial({ usable: 0, new: 0, from: at(8.8), to: at(9), samples: [], refused: [{ reason: 'future-time', count: 3, examples: [] }] }), now);
    expect(verdict).toMatchObject({ tone: 'bad', line: 'All times are 9 h in the future: is the time zone right?' });
    expect(verdict.findings.map((f) => f.text)).toEqual(['None of 3 values can be used: time in the future.']);
  });

  it('asks for a zone when times carry none', () =>
    expect(judge(trial({ observations: 0, usable: 0, new: 0, from: null, to: null, samples: [], refused: [{ reason: 'no-zone', count: 3, examples: [] }] }), now).line).toBe('Times carry no zone. Give the feed’s time zone above, then try again.'));

  it('says what is wrong with the document when nothing could be read', () => {
    const fetched = [{ address: 'https://a', bytes: 9, contentType: null, reason: 'html', trouble: 'The answer is a web page.', morePages: false }];
    expect(judge(trial({ fetched, observations: 0, usable: 0, new: 0, from: null, to: null, samples: [] }), now)).toEqual({ tone: 'bad', line: 'The answer is a web page.', findings: [] });
    expect(judge(trial({ observations: 0, usable: 0, new: 0, from: null, to: null, samples: [] }), now)).toMatchObject({ tone: 'bad', line: 'No value could be read, so nothing would be stored.' });
  });

  it.each([
    ['stations at 0, 0', { samples: [sample(1, { lon: 0, lat: 0 }), sample(2)] }, 'bad', /Weir 1 lies at 0°, 0°/],
    ['one station far from all others', { samples: [1, 2, 3, 4].map((i) => sample(i, i === 4 ? { lon: -90 } : {})) }, 'doubt', /Weir 4 lies [\d,]+ km from the others/],
    ['values of last week', { samples: [sample(1, { time: at(-24 * 7) })] }, 'doubt', /younger than 7 days/],
    ['values of this morning', { samples: [sample(1, { time: at(-5) })] }, 'doubt', /newest value is 5 hours old/],
    ['flagged values', { samples: [sample(1, { quality: ['OutOfRange'] }), sample(2, { quality: ['None'] })] }, 'doubt', /1 of 2 shown values/],
    ['quantities nobody knows', { samples: [sample(1, { property: 'Other' })] }, 'doubt', /never raise an alarm/],
    ['more pages', { fetched: [{ ...trial().fetched[0]!, morePages: true }] }, 'good', /more pages/],
    ['nothing new', { new: 0 }, 'good', /stored already/],
  ] as const)('notices %s', (_what, part, tone, text) => {
    const verdict = judge(trial(part as unknown as Partial<FeedTrial>), now);
    expect(verdict.tone).toBe(tone);
    expect(verdict.findings.map((f) => f.text).join(' ')).toMatch(text);
  });
  const raster = (part: Partial<FeedTrial['coverages'][number]> = {}): FeedTrial => trial({
    stations: 0, datastreams: 0, observations: 0, usable: 1, new: 0, samples: [], from: null, to: null,
    coverages: [{ time: at(-1), width: 512, height: 512, crs: 'EPSG:32645', seenShare: 0.9, frame: { type: 'Polygon', coordinates: [] }, extents: [{ name: 'Water', squareKilometres: 3, area: null }], ...part }],
  });
  it('finds nothing wrong with a good raster', () => {
    expect(judge(raster(), now)).toMatchObject({ tone: 'good', line: 'A raster of 512 × 512 pixels (EPSG:32645) was read.' });
  });
  it('doubts a raster in which nothing is reached, which is mostly blind, or old', () => {
    expect(judge(raster({ extents: [{ name: 'Water', squareKilometres: 0, area: null }] }), now).tone).toBe('doubt');
    expect(judge(raster({ seenShare: 0.2 }), now).findings[0]!.text).toContain('80 %');
    expect(judge(raster({ time: at(-100) }), now).tone).toBe('doubt');
  });
  it('refuses a raster from the future', () => {
    const future = { ...raster(), usable: 0, coverages: [], refused: [{ reason: 'future', count: 1, examples: [] }] };
    expect(judge(future, now).tone).toBe('bad');
  });

  it('judges warnings by whether they can be placed', () => {
    const one = (located: boolean, unknownCodes: string[] = []): FeedTrial['announced'][number] => ({
      authority: 'Office', event: 'Flood', headline: '', kind: 'RiverFlood', severity: 'Severe', status: 'Actual', msgType: 'Alert', sent: at(-1), expires: at(5), area: 'Valley', located, outside: false, unknownCodes, findings: [],
    });
    const read = { stations: 0, datastreams: 0, observations: 0, new: 0, from: null, to: null, samples: [] };
    expect(judge(trial({ ...read, usable: 2, bulletins: 2, announced: [one(true), one(true)] }), now)).toEqual({ tone: 'good', line: '2 warnings were read.', findings: [] });
    const doubtful = judge(trial({ ...read, usable: 2, bulletins: 2, announced: [one(true), one(false, ['EMMA_ID AT001'])] }), now);
    expect(doubtful.tone).toBe('doubt');
    expect(doubtful.findings[0]!.text).toContain('1 warning of those shown has no area that is known here (EMMA_ID AT001)');
  });
});
