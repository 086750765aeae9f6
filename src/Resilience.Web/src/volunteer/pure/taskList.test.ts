import { expect, it } from 'vitest';
import { findEvents } from './changes';
import { choices, groupTasks, passes, sortTasks, type PlacedTask } from './taskList';

const here = { lon: 89.9, lat: 27.49 };
/** 0.009° of latitude are about 1 km. */
const task = (id: string, km: number | null, over: Partial<PlacedTask> = {}) => ({
  id, severity: 'Moderate', state: 'Open', created: '2026-11-23T12:00:00Z', place: 'Bajo', skill: 'Water', claimedById: null, claimedBy: null, until: null,
  lon: km === null ? null : here.lon, lat: km === null ? null : here.lat + km * 0.009, ...over,
}) as PlacedTask;
const ids = (tasks: PlacedTask[]) => tasks.map(t => t.id);

it('near before far, urgent before the rest among the equally near, unplaced last', () => {
  expect(ids(sortTasks([task('unplaced', null, { severity: 'Extreme' }), task('far', 20), task('b', 0.4), task('a', 0.9, { severity: 'Extreme' })], here))).toEqual(['a', 'b', 'far', 'unplaced']);
});

it('without a position the urgent come first', () => {
  expect(ids(sortTasks([task('soon', 1), task('now', 30, { severity: 'Extreme' })], null))).toEqual(['now', 'soon']);
});

it('filters by place and skill, offering only what is there', () => {
  const all = [task('a', 1), task('b', 1, { place: 'Lobeysa', skill: 'Medical' })];
  expect(ids(all.filter(t => passes(t, { place: '', skill: 'Medical' })))).toEqual(['b']);
  expect(choices(all, 'place')).toEqual(['Bajo', 'Lobeysa']);
});

it('knows mine from theirs', () => {
  const grouped = groupTasks([task('open', 1), task('mine', 1, { state: 'Claimed', claimedById: 'me' }), task('theirs', 1, { state: 'Claimed', claimedById: 'x' })], 'me');
  expect([ids(grouped.mine), ids(grouped.open), ids(grouped.taken)]).toEqual([['mine'], ['open'], ['theirs']]);
});

it('tells of a closed and of a lost task by name, but not of what I ended myself', () => {
  const held = ['closed', 'lost', 'done', 'kept'].map(id => task(id, 1, { state: 'Claimed', claimedById: 'me', until: '2026-11-23T16:30:00Z' }));
  const after = new Map([
    task('closed', 1, { state: 'Closed' }), task('lost', 1, { state: 'Claimed', claimedById: 'x', claimedBy: 'Pema' }),
    task('done', 1, { state: 'Closed' }), task('kept', 1, { state: 'Claimed', claimedById: 'me' }),
  ].map(t => [t.id, t]));
  expect(findEvents(held, after, 'me', new Set(['done'])).map(e => [e.kind, e.task.id])).toEqual([['Closed', 'closed'], ['Lost', 'lost']]);
});
