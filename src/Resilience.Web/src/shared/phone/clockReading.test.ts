import { expect, it } from 'vitest';
import { chainTime, driftMinutes, readClock } from './clockReading';

const server = Date.parse('2026-11-23T14:00:00Z');

it('follows the server, not a phone that is an hour wrong', () => {
  const reading = readClock('2026-11-23T14:00:00Z', 1, server + 3_600_000);
  expect(chainTime(reading, server + 3_600_000 + 90_000)).toBe(server + 90_000);
  expect(driftMinutes(reading)).toBe(60);
});

it('runs as fast as the replay and then says nothing of drift', () => {
  const reading = readClock('2026-11-23T14:00:00Z', 60, 0);
  expect(chainTime(reading, 1_000)).toBe(server + 60_000);
  expect(driftMinutes(reading)).toBe(0);
});

it('uses the phone until the server was heard once', () => expect(chainTime(null, 7)).toBe(7));

it('does not mention a drift of five minutes or less', () => expect(driftMinutes(readClock('2026-11-23T14:00:00Z', 1, server - 300_000))).toBe(0));
