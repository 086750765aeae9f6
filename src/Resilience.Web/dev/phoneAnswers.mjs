// Invented answers for dev/phoneFixture.mjs. Places are real, events are not.

const hour = 3_600_000;
const iso = ms => new Date(ms).toISOString();

const alert = (over = {}) => ({
  id: 'a1', identifier: 'urn:oid:2.49.0.1.64.0.1', status: 'Actual', msgType: 'Alert', event: 'Flood', severity: 'Severe', urgency: 'Immediate', certainty: 'Likely',
  headline: 'Flood expected by 18:00 along the Punatsang Chhu below Wangdue bridge', sent: iso(Date.now() - 0.4 * hour), onset: null, expires: iso(Date.now() + 5 * hour), people: 12400,
  areaDesc: 'Riverside below Wangdue bridge: Bajo, Wangdue Phodrang and Rinchengang', thread: 't1', km: 2.13, inside: false, languages: ['en', 'dz'], url: '/alerts/a1',
  text: {
    language: 'en', headline: 'Flood expected by 18:00 along the Punatsang Chhu below Wangdue bridge',
    description: 'Fast water may cover the lower road and houses near the bank.',
    instruction: 'MOVE uphill now. TAKE your family and medicine. Do NOT drive through water. LISTEN to the radio for news.',
  },
  ...over,
});
const landslide = over => alert({
  id: 'a2', thread: 't2', event: 'Landslide', severity: 'Moderate', inside: true, km: 0, areaDesc: 'Slopes above Lobeysa', languages: ['en'],
  text: { language: 'en', headline: 'Slopes above Lobeysa may slide after the rain', description: 'Mud and rocks may block the road.', instruction: 'Stay away from steep slopes. Leave if you see new cracks.' }, ...over,
});

const scenes = {
  none: () => [],
  live: () => [alert(), landslide()],
  normal: () => [alert({ status: 'Exercise', severity: 'Extreme', inside: true, km: 0 }), landslide({ status: 'Exercise' })],
  many: () => ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'].map((severity, i) => alert({ id: `m${i}`, thread: `m${i}`, severity, km: i * 3.2, event: ['Glacial lake flood', 'Flood', 'Landslide', 'Storm', 'Donaudampfschifffahrtsgesellschaftskapitänswarnung'][i] })),
};

const places = [['Wangdue Phodrang', 'Wangdue Phodrang', 'BT', 89.9, 27.49, 11000], ['Wangdue Bridge', 'Wangdue Phodrang', 'BT', 89.9, 27.48, 0]]
  .map(([name, admin1, country, lon, lat, population], i) => ({ id: `p${i}`, name, admin1, country, lon, lat, population }));

const task = (id, over = {}) => ({
  id, incident: 'i1', title: 'Bring drinking water to 12 people', detail: 'They sit on the school roof. Bring a rope and boots.', place: 'Bajo school', skill: 'Water', severity: 'Severe', state: 'Open',
  claimedBy: null, claimedById: null, until: null, created: iso(Date.now() - 0.6 * hour), doneAt: null, exercise: false, version: 1, warning: null, lon: 89.9, lat: 27.475, km: 1.4, ...over,
});
const tasks = new Map([
  task('k1'),
  task('k2', { title: 'Carry an injured man to the road', detail: 'Four people needed, a stretcher is there.', place: 'Rinchengang', skill: 'Medical', severity: 'Extreme', km: 3.2, lon: 89.91, lat: 27.5, warning: 'Flood until 20:00 today' }),
  task('k3', { title: 'Check on families beside the lower road', place: 'Lobeysa', skill: 'Search', severity: 'Moderate', km: 0.6, lat: 27.494 }),
  task('k4', { title: 'Fill sandbags', place: 'Bajo market', skill: 'Labour', severity: 'Minor', km: 5.8, state: 'Claimed', claimedBy: 'Pema, Red Cross Wangdue', claimedById: 'x', until: iso(Date.now() + hour) }),
  task('k5', { title: 'Set up a kitchen', place: 'Khuruthang', skill: 'Food', severity: 'Moderate', km: 12.4, exercise: true }),
].map(t => [t.id, t]));
const me = { id: 'me', name: 'Karma', role: 'volunteer' };
let person = null;

const problem = (status, code, detail) => ({ status, body: { title: code, detail, status, code } });

/** The answer to one request; undefined when it is a file. */
export function answers(method, url, body, scene) {
  const path = url.pathname;
  if (scene === 'silent' && !/\.(js|css|svg|png|webmanifest)$/.test(path) && !path.endsWith('/')) return { silent: true };
  if (path === '/operations/status') return { body: { site: 'Wangdue exercise desk', mode: scene === 'normal' ? 'replay' : 'live', now: iso(Date.now()), speed: 1, banner: scene === 'normal' ? 'REPLAY 2021-07-14, not now' : null, recordings: [], version: '0' } };
  if (path === '/risk/places') return { body: places.filter(p => p.name.toLowerCase().startsWith(url.searchParams.get('q').toLowerCase())) };
  if (path === '/dissemination/now') return { body: { checked: iso(Date.now()), alerts: (scenes[scene] ?? scenes.normal)() } };
  if (path === '/warnings/alerts/a1') {
    const known = (scenes[scene] ?? scenes.normal)().find(a => a.id === 'a1') ?? alert();
    const area = { type: 'Polygon', coordinates: [[[89.86, 27.44], [89.94, 27.44], [89.93, 27.5], [89.88, 27.5], [89.86, 27.44]]] };
    return { body: { ...known, texts: [known.text], area, author: 'Dorji', approver: 'Sonam', references: null, state: 'InForce', reason: null } };
  }
  if (path === '/dissemination/answers') return { body: { id: 'x', received: iso(Date.now()) } };
  if (path === '/dissemination/key') return { body: { publicKey: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM' } };
  if (path === '/access/session') return { body: { person, demoPeople: [], needsSetup: false } };
  if (path === '/relief/groups/join') { person = { ...me, name: body.name }; return { body: { person, demoPeople: [], needsSetup: false } }; }
  if (path === '/relief/tasks') return { body: [...tasks.values()] };
  const act = path.match(/^\/relief\/tasks\/(\w+)\/(claim|extend|release|done)$/);
  return act === null || method !== 'POST' ? undefined : onTask(act[1], act[2]);
}

function onTask(id, verb) {
  const t = tasks.get(id);
  if (verb === 'claim' && t.state === 'Claimed' && t.claimedById !== me.id) return problem(409, 'relief.already-claimed', `${t.claimedBy} claimed this 6 min before you.`);
  const change = {
    claim: { state: 'Claimed', claimedBy: me.name, claimedById: me.id, until: iso(Date.now() + 2 * hour) },
    extend: { until: iso(Date.parse(t.until ?? iso(Date.now())) + hour) },
    release: { state: 'Open', claimedBy: null, claimedById: null, until: null },
    done: { state: 'Done', doneAt: iso(Date.now()) },
  }[verb];
  tasks.set(id, { ...t, ...change, version: t.version + 1 });
  return { body: tasks.get(id) };
}
