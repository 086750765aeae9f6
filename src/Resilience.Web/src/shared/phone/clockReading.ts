// The server's clock decides what has expired and who holds a task; the phone's clock only carries it on between answers.

/** One hearing of the server's clock. */
export interface ClockReading {
  /** The chain's time in the answer, in ms. */
  server: number;
  /** Chain seconds per real second: 1 when live, more in a replay. */
  speed: number;
  /** The phone's time when the answer came, in ms. */
  heard: number;
}

/** Drift from which a person is told: further apart, "until 20:00" would mean two different moments. */
const TOLD_FROM_MS = 5 * 60_000;

export const readClock = (now: string, speed: number, heard: number): ClockReading => ({ server: Date.parse(now), speed, heard });

/** Chain time at a moment of the phone's clock; the phone's own time when the server was never heard. */
export function chainTime(reading: ClockReading | null, device: number): number {
  return reading === null ? device : reading.server + (device - reading.heard) * reading.speed;
}

/** Whole minutes the phone is ahead (+) or behind (-), or 0 when too little to mention. A replay has its own time, so nothing is said there. */
export function driftMinutes(reading: ClockReading | null): number {
  if (reading === null || reading.speed !== 1) return 0;
  const drift = reading.heard - reading.server;
  return Math.abs(drift) > TOLD_FROM_MS ? Math.round(drift / 60_000) : 0;
}
