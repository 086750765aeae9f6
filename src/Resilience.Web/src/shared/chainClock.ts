import { signal } from '@preact/signals';

/**
 * "Now" for everything a face shows. It is the server's clock carried forward at the server's speed; the device's own clock only
 * measures how long ago the server told us, with the monotonic timer that a wrong or changed device clock cannot disturb.
 */
let base = { chain: Date.now(), told: performance.now(), speed: 1 };

/** Changes every second of real time; read it to be redrawn as ages grow. */
export const tick = signal(0);

export const setChainClock = (now: string, speed: number): void => {
  const chain = Date.parse(now);
  if (Number.isFinite(chain)) base = { chain, told: performance.now(), speed };
  tick.value++;
};

/** Milliseconds since 1970 on the chain's clock. */
export const presentNow = (): number => base.chain + (performance.now() - base.told) * base.speed;

/** The past moment a face looks at: ages and silences are then counted from there. Null while it looks at now. */
export const lookingAt = signal<number | null>(null);

/** The time the screen stands for: now, unless somebody looks at a past moment. */
export const chainNow = (): number => lookingAt.value ?? presentNow();
export const chainSpeed = (): number => base.speed;

/** Starts the ticking; the answer stops it. */
export function startTicking(everyMs = 1000): () => void {
  const timer = setInterval(() => tick.value++, everyMs);
  return () => clearInterval(timer);
}
