// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../shared/problem';
import type { Entry } from './definition';

vi.stubGlobal('navigator', { languages: ['en'] });
const { emptyEntry, faultOf, faultsOf, faultsOfTrial, fromDefinition, idFrom, toRequest, triable, triedPart } = await import('./definition');

const entry = (part: Partial<Entry> = {}): Entry => ({
  ...emptyEntry(), id: 'weirs', name: ' Weirs ', format: 'uk-ea', readings: ' https://a.example.org/m ', stations: 'https://b.example.org/s', credit: 'Trust', licence: 'OGL', ...part,
});
const refusal = (code: string, detail = 'Why.') => new ProblemError({ title: '', detail, status: 400, code });

describe('a feed in the form', () => {
  it('becomes a request without stray blanks and empty texts', () => {
    expect(toRequest(entry({ minutes: '0,5', zone: ' ' }), false)).toEqual({
      name: 'Weirs', format: 'uk-ea', readings: 'https://a.example.org/m', stations: 'https://b.example.org/s', everySeconds: 30, credit: 'Trust', licence: 'OGL', zone: null, stationPrefix: null, exercise: false, mapping: null, coverage: null, area: null,
    });
  });
  it('comes back from its definition as it was', () => {
    const before = entry({ name: 'Weirs', readings: 'https://a.example.org/m', minutes: '7.5', format: 'table', exercise: true });
    expect(fromDefinition({ ...toRequest(before, true), id: 'weirs', configured: false })).toEqual(before);
  });
  it('gets its short name from its name', () => {
    expect([idFrom('Rivière du Nord (2)'), idFrom('དཔེ་'), idFrom(`${'a'.repeat(63)} b`)]).toEqual(['riviere-du-nord-2', '', 'a'.repeat(63)]);
  });
  it('has no fault when it is whole', () => expect(faultsOf(entry(), ['others'])).toEqual({}));
  it.each([
    [{ format: '' }, 'format'], [{ readings: 'gauges.example.org' }, 'readings'], [{ stations: 'ftp://x' }, 'stations'], [{ minutes: 'often' }, 'minutes'], [{ minutes: '10081' }, 'minutes'],
    [{ name: ' ' }, 'name'], [{ credit: '' }, 'credit'], [{ licence: '' }, 'licence'], [{ id: 'Größe' }, 'id'], [{ id: 'others' }, 'id'], [{ stationPrefix: 'A b' }, 'stationPrefix'],
  ] as const)('says at the field what is wrong with %j', (part, field) => expect(Object.keys(faultsOf(entry(part), ['others']))).toEqual([field]));
});

describe('a trial', () => {
  it('needs no name, credit or licence', () => {
    const nameless = entry({ name: '', credit: '', licence: '', id: '' });
    expect(faultsOfTrial(faultsOf(nameless, []))).toEqual({});
    expect(triable(toRequest(nameless, false))).toMatchObject({ name: '–', credit: '–', licence: '–' });
  });
  it('is outdated by an address and not by a name', () => {
    const tried = triedPart(toRequest(entry(), false));
    expect(triedPart(toRequest(entry({ name: 'Other' }), false))).toBe(tried);
    expect(triedPart(toRequest(entry({ readings: 'https://c.example.org' }), false))).not.toBe(tried);
  });
});

describe('a refusal of the server', () => {
  it.each([['zone', 'zone'], ['interval', 'minutes'], ['mapping', 'mapping'], ['name', 'name'], ['licence', 'licence'], ['format', 'format'], ['sample', 'mapping'], ['id', 'id'], ['area', 'area'], ['configured', 'form']])(
    'observations.feed-%s is shown at %s', (code, field) => expect(faultOf(refusal(`observations.feed-${code}`), entry())).toEqual({ [field]: 'Why.' }));
  it('about an address is shown at the address it names', () => {
    expect(faultOf(refusal('observations.feed-address', 'b.example.org lies inside'), entry())).toEqual({ stations: 'b.example.org lies inside' });
    expect(faultOf(refusal('observations.feed-address', 'a.example.org lies inside'), entry())).toEqual({ readings: 'a.example.org lies inside' });
  });
  it('about an id is shown at the prefix when that is the odd one', () => expect(faultOf(refusal('observations.feed-id'), entry({ stationPrefix: 'A b' }))).toEqual({ stationPrefix: 'Why.' }));
});
