// `npm run fixtures`: the faces over invented data, with a hub that speaks SignalR as the server does. Development only.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type * as SignalR from '@microsoft/signalr';
import type * as MessagePack from '@microsoft/signalr-protocol-msgpack';
import type { Plugin } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';
import * as f from './fixtures';

// SignalR's ES modules name each other without endings, which only bundlers accept; Node takes its CommonJS build.
const load = createRequire(import.meta.url);
const { MessagePackHubProtocol } = load('@microsoft/signalr-protocol-msgpack') as typeof MessagePack;
const { NullLogger } = load('@microsoft/signalr') as typeof SignalR;

const people = [{ id: 'p1', name: 'Ms. Dorji', role: 'coordinator' }, { id: 'p2', name: 'Mr. Lama', role: 'coordinator' }];
let signedIn: (typeof people)[number] | null = null;
const session = () => ({ person: signedIn, demoPeople: people, needsSetup: false });
const privateLayers = new Set(['warnings.drafts', 'relief.incidents', 'reports.posts']);

const answers: [RegExp, (m: RegExpExecArray, body: never) => unknown][] = [
  [/^\/operations\/status$/, () => ({ site: 'FIXTURE site', mode: 'replay', now: f.at(0), speed: 60, banner: 'FIXTURE', version: 'fixture', recordings: [{ id: 'f', name: 'FIXTURE record', source: 'none', licence: 'none', realFrom: '2020-02-26T15:00:00Z', realTo: '2020-02-27T15:00:00Z', synthetic: true }] })],
  [/^\/access\/session$/, session],
  [/^\/access\/demo-sign-in$/, (_m, body: { personId: string }) => { signedIn = people.find((p) => p.id === body.personId) ?? null; return session(); }],
  [/^\/access\/sign-out$/, () => { signedIn = null; return {}; }],
  [/^\/observations\/stations\/(.+)$/, (m) => ({ id: m[1], name: 'FIXTURE', river: null, lon: 0, lat: 0, credit: 'FIXTURE', shiftSeconds: 0, exercise: false, datastreams: [{ id: `${m[1]}:stage`, property: 'Stage', unit: 'm', name: 'Stage' }] })],
  [/^\/observations\/datastreams\/(.+)\/observations$/, (m) => f.observations(m[1]!)],
  [/^\/observations\/feeds\/[^/]+\/quality$/, () => ({ score: 88, shares: { answered: 0.98, usable: 0.99, onTime: 0.95, believed: 0.97, untouched: 0.9 }, days: [], repairs: [{ day: '2026-01-02', kind: 'time-zone-assumed', times: 96, before: 'FIXTURE 2026-01-02T10:15:00', after: '2026-01-02T04:15:00Z' }] })],
  [/^\/observations\/quarantine$/, () => [{ id: 1, feed: 'uk', receivedAt: f.at(-40), reason: 'observations.unreadable', detail: 'FIXTURE: line 12 is not a number', bytes: 812 }]],
  [/^\/hazards\/stations\/(.+)$/, (m) => f.stationHazard(m[1]!)],
  [/^\/hazards\/assessments\/(.+)$/, (m) => f.assessmentDetail(m[1]!)],
  [/^\/risk\/zones\/(.+)$/, (m) => ({ ...f.zones.find((z) => z.id === m[1]), places: [{ name: 'Bewdley', people: 9000, km: 0.8 }, { name: 'Stourport', people: 20000, km: 5.2 }], siteList: [{ name: 'FIXTURE school', kind: 'school', km: 1.1 }], assumptions: ['People live evenly within each settlement.'] })],
  [/^\/risk\/places$/, () => [{ id: '1', name: 'Bewdley', country: 'GB', admin1: 'England', lon: -2.32, lat: 52.38, population: 9000 }]],
  [/^\/warnings\/drafts$/, () => f.drafts],
  [/^\/warnings\/drafts\/([^/]+)/, (m) => f.drafts.find((d) => d.id === m[1])],
  [/^\/warnings\/alerts\/([^/]+)/, () => f.alertDetail],
  [/^\/dissemination\/alerts\/.+\/ledger$/, () => ({ channels: [{ channel: 'push', queued: 12, sent: 800, confirmed: 15, failed: 9, unknown: 4 }] })],
  [/^\/relief\/incidents\/([^/]+)/, (m) => f.incidentDetail(f.incidents.find((i) => i.id === m[1])!)],
];

async function answer(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
  const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
  const send = (value: unknown) => { response.setHeader('content-type', 'application/json'); response.end(JSON.stringify(value)); };
  if (path === '/live/negotiate') return send({ connectionId: 'f', connectionToken: 'f', negotiateVersion: 1, availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }] });
  for (const [pattern, make] of answers) {
    const match = pattern.exec(path);
    if (!match) continue;
    let body = '';
    for await (const part of request) body += String(part);
    return send(make(match, (body ? JSON.parse(body) : {}) as never));
  }
  next();
}

function speak(socket: WebSocket): void {
  const protocol = new MessagePackHubProtocol();
  let shaken = false;
  const say = (target: string, ...args: unknown[]) => socket.send(Buffer.from(protocol.writeMessage({ type: 1, target, arguments: args } as never) as ArrayBuffer));
  const ping = setInterval(() => socket.send(Buffer.from(protocol.writeMessage({ type: 6 } as never) as ArrayBuffer)), 10_000);
  socket.on('close', () => clearInterval(ping));
  socket.on('message', (data: Buffer) => {
    if (!shaken) {
      shaken = true;
      socket.send(Buffer.from('{}\x1e'));
      return;
    }
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    for (const message of protocol.parseMessages(bytes, NullLogger.instance) as { type: number; target?: string; invocationId?: string; arguments?: unknown[] }[]) {
      if (message.type !== 1 || message.target !== 'Subscribe') continue;
      const names = Object.keys(message.arguments![0] as object);
      const refused = names.filter((n) => !signedIn && privateLayers.has(n));
      socket.send(Buffer.from(protocol.writeMessage({ type: 3, invocationId: message.invocationId, result: refused } as never) as ArrayBuffer));
      say('clock', f.at(0), 60);
      for (const name of names.filter((n) => !refused.includes(n))) say('layer', name, { from: 0, version: 1, upsert: (f.layers[name] ?? []).map((x) => JSON.stringify(x)), remove: [] });
    }
  });
}

export function fixtures(): Plugin {
  return {
    name: 'resilience-fixtures',
    apply: 'serve',
    configureServer(server) {
      const hub = new WebSocketServer({ noServer: true });
      server.httpServer?.on('upgrade', (request, socket, head) => {
        if (request.url?.startsWith('/live')) hub.handleUpgrade(request, socket, head, (ws) => speak(ws));
      });
      server.middlewares.use((request, response, next) => void answer(request, response, next));
    },
  };
}
