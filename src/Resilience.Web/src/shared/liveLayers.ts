import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { signal } from '@preact/signals';
import type { LayerChange } from './api';
import { setChainClock } from './chainClock';

export type Connection =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** `since` is on the chain's clock, like every time shown; `retryAt` is performance.now() of the next try. */
  | { state: 'lost'; since: number; retryAt: number };

/** The layers' receiver: gets a change, answers false when it does not fit on what it has. */
export interface LayerSink { versions(): Record<string, number>; apply(layer: string, change: LayerChange): boolean; refused?(layers: string[]): void }

/** Seconds between tries. A flood is no time to wait minutes, and one request per 10 s from each face hurts no server. */
const retrySeconds = [1, 2, 4, 8, 10];

/** Keeps one connection to the hub /live for the layers of `sink`, for ever, and says in `connection` how it stands. */
export class LiveLayers {
  readonly connection = signal<Connection>({ state: 'connecting' });
  private hub: HubConnection | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private lostSince = 0;

  constructor(private readonly sink: LayerSink, private readonly now: () => number) {}

  async start(): Promise<void> {
    this.stopped = false;
    clearTimeout(this.timer);
    const hub = new HubConnectionBuilder()
      .withUrl('/live', { transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling })
      .withHubProtocol(new MessagePackHubProtocol())
      .configureLogging(LogLevel.None)
      .build();
    // The server says the clock every 10 s; after 25 s of silence the line is dead, whatever TCP believes.
    hub.serverTimeoutInMilliseconds = 25_000;
    hub.keepAliveIntervalInMilliseconds = 10_000;
    hub.on('layer', (name: string, change: LayerChange) => {
      if (!this.sink.apply(name, change)) void hub.invoke('Resync', name).catch(() => undefined);
    });
    hub.on('clock', (now: string, speed: number) => setChainClock(now, speed));
    hub.onclose(() => this.lost(hub));
    this.hub = hub;
    try {
      await hub.start();
      const refused = await hub.invoke<string[] | null>('Subscribe', this.sink.versions());
      if (refused?.length) this.sink.refused?.(refused);
      this.tries = 0;
      this.lostSince = 0;
      this.connection.value = { state: 'connected' };
    } catch {
      if (hub.state === HubConnectionState.Connected) await hub.stop().catch(() => undefined);
      this.lost(hub);
    }
  }

  /** After signing in or out the server serves other layers: connect anew under the new cookie. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const hub = this.hub;
    this.hub = null;
    await hub?.stop().catch(() => undefined);
  }

  /** Tries at once, for a person who does not want to wait. */
  retryNow(): void {
    if (this.connection.value.state === 'lost') void this.start();
  }

  private lost(hub: HubConnection): void {
    if (this.stopped || hub !== this.hub) return;
    this.hub = null;
    this.lostSince ||= this.now();
    const wait = retrySeconds[Math.min(this.tries++, retrySeconds.length - 1)]! * 1000;
    this.connection.value = { state: 'lost', since: this.lostSince, retryAt: performance.now() + wait };
    this.timer = setTimeout(() => void this.start(), wait);
  }
}
