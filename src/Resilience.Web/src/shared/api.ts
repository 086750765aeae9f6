// The server's answers as the faces see them. Times are ISO 8601 in UTC; positions are WGS 84 longitude, latitude.

export type CapSeverity = 'Unknown' | 'Minor' | 'Moderate' | 'Severe' | 'Extreme';
export type HazardLevel = 'None' | 'Action' | 'Minor' | 'Moderate' | 'Major';
export type HazardKind =
  | 'RiverFlood' | 'GlacialLakeOutburst' | 'HeavyRain' | 'Landslide' | 'Earthquake' | 'Wildfire' | 'Storm' | 'Other'
  | 'ExtremeHeat' | 'ExtremeCold';

// ---- GET /operations/status -------------------------------------------------------------------------------------

export interface Recording {
  id: string; name: string; source: string; licence: string;
  /** Real first and last time of the record, before it was shifted. */
  realFrom: string; realTo: string;
  /** True when figures were reconstructed or invented for a drill. */
  synthetic: boolean;
}

export interface ServerStatus {
  site: string;
  mode: 'live' | 'replay';
  /** The chain's clock. The faces compute "now" from this and never from the device. */
  now: string;
  /** Chain seconds per real second: 1 when live, 60 in the demo. */
  speed: number;
  /** What the banner says in a replay; null when live. */
  banner: string | null;
  recordings: Recording[];
  version: string;
}

// ---- /access ----------------------------------------------------------------------------------------------------

export interface Person { id: string; name: string; role: 'coordinator' | 'volunteer' }
export interface Session {
  person: Person | null;
  /** Two people the demo lets anybody be; empty on a real server. */
  demoPeople: Person[];
  /** Nobody has an account yet: the one-time link printed at start creates the first two. */
  needsSetup: boolean;
}
// GET /access/session → Session
// POST /access/sign-in {name, password} → Session · POST /access/sign-out → 204
// POST /access/demo-sign-in {personId} → Session (demo only)
// POST /access/setup {token, people: [{name, password}, {name, password}]} → Session

// ---- live map: SignalR hub /live (MessagePack) -------------------------------------------------------------------
// invoke Subscribe({ [layer]: lastVersionSeen }) ; 0 = send me the snapshot
// on "layer"  (name: string, change: LayerChange)   features are GeoJSON Feature texts, serialised once on the server
// on "clock"  (now: string, speed: number)          every 10 s
// invoke Resync(layer) → server sends that layer's snapshot again

export interface LayerChange {
  /** Version this change starts from; 0 for a snapshot, which replaces the layer. */
  from: number;
  version: number;
  upsert: string[];
  remove: string[];
}

/** observations.stations · Public */
export interface StationProperties {
  id: string; name: string; river: string | null; feed: string; feedName: string; credit: string;
  /** Drill station: never mixed up with a real one. */
  exercise: boolean;
  /** Seconds added to the record's real times; 0 when live. */
  shiftSeconds: number;
  property: 'Stage' | 'Discharge' | 'Rainfall' | 'LakeLevel' | 'Other';
  datastream: string; unit: string;
  value: number | null; time: string | null; trendPerHour: number | null;
  quality: string[]; expectedEverySeconds: number;
}

/** hazards.assessments · Public. Feature id = station id; geometry is the station's point. */
export interface AssessmentProperties {
  station: string; stationName: string; kind: HazardKind; level: HazardLevel; onset: string; assessedAt: string;
  confidence: number; silent: boolean; summary: string; exercise: boolean; assessment: string;
}

/** risk.zones · Public. Polygons. */
export interface ZoneProperties {
  id: string; kind: HazardKind; severity: CapSeverity; title: string; reason: string; people: number; sites: number;
  assessment: string; station: string; exercise: boolean; since: string; version: number; likelihood: string; impact: string;
}

/** reports.posts · Coordinator. Points (may be null when no place is named). No author handles. */
export interface PostProperties {
  id: string; text: string; lang: string; category: string; pCategory: number; pInformative: number; model: string;
  place: string | null; radiusKm: number | null; time: string; source: string; exercise: boolean; shiftSeconds: number;
}

/** relief.incidents · Coordinator */
export interface IncidentProperties {
  id: string; kind: string; title: string; place: string | null; reports: number; origins: number;
  state: 'Unverified' | 'Verified' | 'Rejected'; severity: CapSeverity; first: string; last: string; radiusKm: number; exercise: boolean;
}

/** relief.tasks · Volunteer */
export interface TaskProperties {
  id: string; incident: string; title: string; detail: string; place: string; skill: string; severity: CapSeverity;
  state: 'Open' | 'Claimed' | 'Done' | 'Closed'; claimedBy: string | null; claimedById: string | null; until: string | null;
  created: string; doneAt: string | null; exercise: boolean; version: number; warning: string | null;
}

/** warnings.alerts · Public. Polygons of alerts in force; leaves the layer when cancelled, superseded or expired. */
export interface AlertProperties {
  id: string; identifier: string; status: 'Actual' | 'Exercise' | 'Test'; msgType: 'Alert' | 'Update' | 'Cancel';
  event: string; headline: string; severity: CapSeverity; urgency: string; certainty: string;
  sent: string; onset: string | null; expires: string; people: number; areaDesc: string; thread: string;
}

/** warnings.drafts · Coordinator. Geometry is the draft's area. */
export interface DraftProperties { id: string; state: DraftState; headline: string; severity: CapSeverity; author: string; version: number; exercise: boolean; expires: string; people: number }

/** hazards.revisions · Coordinator. Thresholds that wait for a second person; geometry null. */
export interface RevisionProperties { id: string; station: string; stationName: string; proposedBy: string; proposedByName: string; proposedAt: string; exercise: boolean }

/** observations.feeds · Public (health only). Geometry null. */
export interface FeedProperties {
  id: string; name: string; state: 'Ok' | 'Late' | 'Dead' | 'Paused' | 'New'; lastGood: string | null; lastTried: string | null;
  everySeconds: number; lastError: string | null; stations: number; silentStations: number; quarantined: number; credit: string; kind: 'observations' | 'posts';
  /** 0 to 100; null before there is anything to judge. Feeds of posts have none. */
  score?: number | null;
  /** Warnings left out because they lie outside the feed's area of interest. */
  outsideArea?: number;
  /** False: rasters, warnings of other authorities. Feeds of posts do not say. */
  bringsStations?: boolean;
}

/**
 * observations.extents · Public. The newest raster of each feed: a feature per class (MultiPolygon; null where nothing reaches it), and one with
 * the outline of what was looked at (class null).
 */
export interface ExtentProperties {
  id: string; coverageId: string; feedId: string; feedName: string; credit: string; quantity: 'FloodExtent' | 'RainAccumulation' | 'Other'; unit: string; time: string; receivedAt: string;
  /** Share of the raster's pixels that carry a value, 0 to 1. */
  seenShare: number; exercise: boolean; class: number | null; name?: string; squareKilometres?: number; coarsening?: number;
}

/**
 * reports.density · Public. In which cells of a grid how many different origins reported in the last hours: told in steps, never fewer than five.
 * A cell does not count again who is counted in a finer cell inside it.
 */
export interface DensityProperties {
  id: string; /** Of the grid, 6 (about 600 km) to 12 (about 10 km). */ level: number; km: number; atLeast: number; atMost: number | null; parts: DensityPart[];
  /** When the oldest and until when the newest of those counted are. */ since: string; until: string; windowHours: number; exercise: boolean;
}
/** `mixed`: what too few each speak of. */
export interface DensityPart { category: string; atLeast: number; atMost: number | null }

// GET /observations/feeds/{id}/quality → FeedQuality (coordinators). Shares are 0 to 1 of yesterday and today; null: nothing to judge.
export interface FeedQuality { score: number | null; shares: FeedShares; days: QualityDay[]; repairs: QualityRepair[]; findings: NeighbourFinding[]; /** Whose newest values are doubted, those at rest for longest first; at most 50. */ doubted: DoubtedValue[] }
export interface DoubtedValue { station: string; stationName: string; datastream: string; property: string; name: string; unit: string; value: number; time: string; quality: string[] }
export interface FeedShares { answered: number | null; usable: number | null; onTime: number | null; believed: number | null; untouched: number | null; uncontradicted: number | null }
export interface QualityDay { day: string; asked: number; failed: number; usable: number; refused: number; repaired: number; stored: number; suspect: number }
export interface QualityRepair { day: string; kind: string; times: number; before: string; after: string }

// GET /observations/stations/{id}/findings → NeighbourFinding[] (open ones and those of the last 30 days, newest first)
/** What neighbours contradict. `value` beside `expected` at the hour `at`, in `unit`; of a drift both are differences from the neighbours, now and when it began, and no neighbours are named. */
export interface NeighbourFinding {
  id: string; station: string; stationName: string; datastream: string; property: string; kind: 'Apart' | 'Dry' | 'Drift';
  since: string; until: string | null; foundAt: string; rulesVersion: string; unit: string; at: string;
  value: number; expected: number; tolerance: number; perDay: number | null;
  /** `adjusted`: brought to the height of the judged station. */
  neighbours: { station: string; name: string; kilometres: number; value: number; adjusted: number }[];
}

// ---- details ------------------------------------------------------------------------------------------------------

// GET /observations/stations/{id} → StationDetail
export interface StationDetail { id: string; name: string; river: string | null; lon: number; lat: number; credit: string; shiftSeconds: number; exercise: boolean; datastreams: DatastreamDetail[] }
export interface DatastreamDetail { id: string; property: StationProperties['property']; unit: string; name: string }
// GET /observations/datastreams/{id}/observations?from=&to= → ObservationPoint[] (oldest first, at most 2,000)
export interface ObservationPoint { time: string; value: number; quality: string[] }
// GET /observations/quarantine?feed= → Quarantined[]
export interface Quarantined { id: number; feed: string; receivedAt: string; reason: string; detail: string; bytes: number }
// GET /observations/feeds/formats → FeedFormat[]
/** `announces`: it carries warnings of other authorities, no measurements. */
export interface FeedFormat { name: string; title: string; needsMapping: boolean; announces: boolean }
/** How a raster of format geotiff is read. Durations as hh:mm:ss. */
export interface CoverageMapping {
  quantity: ExtentProperties['quantity']; band: number; unit: string; classes: { name: string; atLeast: number | null; values: number[]; /** The level of hazard it raises where it is reached; none: it is only shown. */ raises?: HazardLevel | null }[]; notSeen: number[]; leastSquareKilometres: number; step: string | null; latency: string;
}
// GET, PUT /observations/feeds/{id} (FeedRequest → FeedDefinition); POST …/{id}/pause, …/{id}/resume; DELETE …/{id} (paused first). Coordinators.
/** Where a feed of warnings is wanted; the box as west, south, east, north, units as BT or BT-33. */
export interface AreaOfInterest { box: number[]; units: string[]; geoJson: string | null }
export interface FeedRequest {
  name: string; format: string; readings: string; stations: string | null; everySeconds: number; credit: string; licence: string;
  zone: string | null; stationPrefix: string | null; exercise: boolean; mapping: unknown; coverage?: CoverageMapping | null; area?: AreaOfInterest | null;
  /** Topic filters of a feed that pushes (readings is then an mqtt or mqtts address); none for one that is asked. */
  topics?: string[];
}
export interface FeedDefinition extends FeedRequest { id: string; configured: boolean }
// POST /observations/feeds/try?id= (FeedRequest → FeedTrial): asked once, nothing stored
export interface FeedTrial {
  fetched: { address: string; bytes: number; contentType: string | null; reason: string | null; trouble: string | null; morePages: boolean }[];
  stations: number; datastreams: number; observations: number; usable: number; new: number; missing: number; bulletins: number; links: number; from: string | null; to: string | null;
  samples: { station: string; stationName: string; lon: number; lat: number; datastream: string; property: string; name: string; unit: string; value: number; time: string; quality: string[] }[];
  refused: { reason: string; count: number; examples: string[] }[];
  coverages: { time: string; width: number; height: number; crs: string; seenShare: number; frame: GeoJSON.Geometry; extents: { name: string; squareKilometres: number; area: GeoJSON.Geometry | null }[] }[];
  announced: { authority: string; event: string; headline: string; kind: HazardKind; severity: CapSeverity; status: string; msgType: string; sent: string; expires: string | null; area: string; located: boolean; /** All of it lies outside the area of interest. */ outside: boolean; unknownCodes: string[]; findings: string[] }[];
  outside: number; repairs: { kind: string; times: number; before: string; after: string }[];
}
// POST /observations/feeds/sample {address, encoding?} → FeedSample: the beginning of a document, to see how it is written
export interface FeedSample { text: string; bytes: number; contentType: string | null; whole: boolean }
// GET /hazards/stations/{stationId} → StationHazard
/** What judges a gauge for one hazard, and whether anybody knows how good it is: replayed on its past, put in force by two people without a past, or neither. Each judges all the same. */
export interface ThresholdSet {
  datastream: string; station: string; stationName: string; concern: HazardKind; rule: string; ruleVersion: string; setVersion: string;
  /** What two people agreed on; null: as the house came, published or assumed. */
  revision: number | null;
  standing: 'NeverVerified' | 'WithoutHistory' | 'Verified'; verifiedAt: string | null; heardDays: number | null;
  result: { from: string; to: string; scores?: Scores | null; raised?: RaisedLevel[] | null } | null;
  /** Stays after it was verified. */
  withoutHistory: { reason: string; proposedBy: string; decidedBy: string; at: string } | null;
}
export interface StationHazard { thresholds: Threshold[]; sets: ThresholdSet[]; current: AssessmentProperties | null; history: AssessmentProperties[] }
export interface Threshold { level: HazardLevel; value: number; unit: string; source: string; assumed: boolean; datastream?: string; /** Of rain: the sum over so many hours. */ hours?: number | null; /** Where a datastream is judged for several hazards which of them: heat and cold (the value is what is felt), landslides. */ kind?: HazardKind | null }
// GET /hazards/stations/{id}/forecast → StationForecast : 1, 3, 6 and 12 h ahead, in the datastream's unit; without leads `why` says why not
export interface StationForecast { datastream: string | null; unit: string; madeAt: string | null; value: number | null; why: string; hours: number; leads: LeadForecast[] }
/** 8 of 10 outcomes lie from low to high. `skill` = 1 − MSE / MSE("as it is now"), `inside` = share of past outcomes inside, over `n` past forecasts. */
export interface LeadForecast { leadHours: number; time: string; low: number; middle: number; high: number; skill: number | null; inside: number | null; n: number }
// GET /hazards/stations/{id}/frequency → StationFrequency : what the river exceeds once in 2 to 100 years by its annual maxima, with 90 % intervals; without `fit` `why` says why not
export interface StationFrequency {
  datastream: string | null; of: 'flow' | 'level' | ''; unit: string; source: string; years: number; why: string;
  /** Generalised extreme value distribution; a negative shape has the heavy upper tail. */
  fit: { location: number; scale: number; shape: number } | null;
  levels: { years: number; value: number; low: number; high: number }[]; maxima: { year: number; value: number }[];
  /** The highest of the last six hours. */
  current: Rarity | null;
}
/** How rare a value is: `years` between `low` and `high` (90 %), from `record` years; `words` say it no more precisely than the record bears. `rating`: by which a stage became a flow. */
export interface Rarity { value: number; unit: string; of: 'flow' | 'level'; time: string; years: number; low: number; high: number; record: number; source: string; rating: { source: string; version: string; extrapolated: boolean } | null; words: string }
// GET /hazards/arrivals?station= → Arrivals : when a wave seen at the station reaches the places below it
export interface Arrivals {
  station: string; began: string | null; beganLatest: string | null; why: string; method: string;
  /** A river course between was drawn for a drill. */
  synthetic: boolean;
  places: { place: string; settlement: boolean; km: number; earliest: string; latest: string; /** Its own gauge showed the wave. */ seen: boolean; from: string }[];
}
// GET /hazards/rules → RuleState[] · GET /hazards/rules/sets → ThresholdSet[]: those never verified, or in force without history
// POST /hazards/rules/{name}/verify → 202 VerificationRun, its address in Location: the stored observations are replayed in the background · GET /hazards/verifications/{id} · POST …/cancel → VerificationRun. Coordinators.
export interface VerificationRun {
  id: string; rule: string; ruleVersion: string; state: 'Waiting' | 'Running' | 'Done' | 'Cancelled' | 'Failed'; requestedByName: string; requestedAt: string; endedAt: string | null;
  /** Of `total` gauges (0 while it waits) `done` were looked at, and of `judged` the past said something. */ total: number; done: number; judged: number; problem: string | null;
}
export interface RuleState { name: string; version: string; text: string; verifiable: boolean; verifiedAt: string | null; verification: Verification | null; /** The verification asked for last. */ run: VerificationRun | null }
/** 95 % Wilson interval; value is null when n is 0. */
export interface Share { value: number | null; low: number; high: number; n: number }
export interface Scores { hits: number; misses: number; falseAlarms: number; pod: Share; far: Share; csi: Share; medianLeadHours: number | null; tenthLeadHours: number | null }
/** How often a level or a higher one began, where nobody recorded what came of it. */
export interface RaisedLevel { level: HazardLevel; times: number; perGaugeYear: number; shareOfTime: number }
export interface Verification {
  /** Instead of scores, where hits and misses cannot be told; of silences beside them. */
  raised: RaisedLevel[] | null; gaugeYears: number | null;
  rule: string; version: string; data: string; from: string; to: string; thresholds: string; window: string; scores: Scores;
  stations: { station: string; unit: string; action: number; event: number; eventLevel: HazardLevel; scores: Scores }[];
}
// POST /hazards/datastreams/{id}/thresholds/try {thresholds, concern?} → ThresholdTrial: nothing is stored · POST /hazards/datastreams/{id}/thresholds {thresholds, source, withoutHistory?, concern?} → ThresholdRevision: without 30 days of the past only with a reason
// POST /hazards/thresholds/{id}/enable {note, withoutHistory?: true} · /reject {note} → ThresholdRevision · GET /hazards/thresholds?station= → ThresholdRevision[]. Coordinators; two people.
export interface OwnThreshold { level: HazardLevel; value: number; /** Of rain: the sum over so many hours. */ hours?: number | null }
export interface ThresholdJudgement { thresholds: OwnThreshold[]; alerts: number; scores: Scores | null; levelNow: HazardLevel }
export interface ThresholdTrial {
  datastream: string; unit: string; ruleVersion: string; readings: number; /** Enough of the past is known. */ verified: boolean; heardDays: number; from: string | null; to: string | null; event: number | null;
  before: ThresholdJudgement | null; after: ThresholdJudgement | null;
  gained: { station: string; begin: string; end: string }[]; lost: { station: string; begin: string; end: string }[]; cautions: string[];
}
export interface ThresholdRevision {
  id: string; datastream: string; station: string; stationName: string; /** What they are for: of rain heavy rain or landslides. */ concern: HazardKind; number: number; state: 'Proposed' | 'InForce' | 'Superseded' | 'Rejected'; unit: string; thresholds: OwnThreshold[]; source: string; trial: ThresholdTrial;
  proposedBy: string; proposedByName: string; proposedAt: string; decidedByName: string | null; decidedAt: string | null; note: string | null;
  /** Why it shall be in force though too little of the past is known. */
  withoutHistory: string | null;
}
// POST /hazards/stations/{stationId}/set-aside { assessment, reason } → AssessmentProperties (coordinators)
/** °C; without a value the reason why, and what is certain even so. */
export interface FeltTemperature { value: number | null; reason: string | null; atLeast: number | null }
/** GET /hazards/assessments/{id}/recompute (coordinators): reckoned again from what is kept with it alone; `same` is null where that cannot be, and `why` says why. */ export interface Recomputed { same: boolean | null; why: string | null; differs: string[]; readings: number }
// GET /hazards/assessments/{id} → AssessmentDetail : the evidence chain's first links
export interface AssessmentDetail extends AssessmentProperties {
  rule: { name: string; version: string; text: string };
  evidence: { datastream: string; time: string; revision: number; value: number; unit: string; quality: string[] }[];
  /** How the confidence came about: its parts add up to it. */
  confidenceParts: { part: string; effect: number }[];
  /** The warning of another authority that it relays, in their words and scales. */
  relayed: RelayedWarning | null;
  /** The rasters it rests on; null where gauges are judged. */
  seen: SeenFromAbove | null;
  /** Of rain: what fell in each window up to the assessment, in the evidence's unit. With missing hours it is at least so much. */
  sums: { hours: number; depth: number; missingHours: number; decided: boolean; thresholds: Threshold[] }[] | null;
  /** Of heat and cold: the air (°C) with its humidity (%) and wind (m/s), and what that feels like. */
  felt: { celsius: number; humidity: number | null; wind: number | null; heat: FeltTemperature; cold: FeltTemperature } | null;
  /** Of a river: how rare its peak so far is at this gauge; null where no record says it and below Action. */
  rarity: Rarity | null;
}
export interface SeenFromAbove { coverages: string[]; feedId: string; feedName: string; quantity: ExtentProperties['quantity']; classes: string[]; oldest: string; time: string; until: string; seenShare: number; notes: string[] }
export interface RelayedWarning { bulletin: string; authority: string; event: string; headline: string; severity: CapSeverity; urgency: string; certainty: string; sent: string; until: string; areaWords: string; notes: string[]; web: string | null }
// GET /observations/bulletins?feed=&limit=&outside= → BulletinSummary[] (warnings of other authorities, newest first), /observations/bulletins/{id} → BulletinDetail, …/{id}/raw: as it was received
/** `stands`: neither updated nor withdrawn nor over. `located`: it has an area on our map. */
export interface BulletinSummary {
  id: string; feed: string; authority: string; identifier: string; msgType: string; status: string; kind: HazardKind; event: string; headline: string; area: string; unknownCodes: string[]; urgency: string; severity: CapSeverity; certainty: string;
  sent: string; expires: string | null; standsUntil: string; stands: boolean; located: boolean; outside: boolean; exercise: boolean; web: string | null;
}
export interface BulletinDetail {
  bulletin: BulletinSummary; sender: string; effective: string | null; onset: string | null; texts: { language: string; headline: string; description: string; instruction: string }[]; refersTo: string[]; findings: string[];
  magnitude: number | null; depthKm: number | null; box: [number, number, number, number] | null; receivedAt: string; lastListed: string; rawSha256: string | null;
}
// What a zone holds, and what may be harmed: apiRisk.ts
export type * from './apiRisk';

// ---- warnings -----------------------------------------------------------------------------------------------------

export type DraftState = 'Draft' | 'Submitted' | 'Issued' | 'Returned' | 'Rejected' | 'Withdrawn' | 'Superseded';
export interface Draft {
  id: string; state: DraftState; version: number; msgType: 'Alert' | 'Update' | 'Cancel'; status: 'Actual' | 'Exercise' | 'Test';
  /** The person who submitted it; "machine" until somebody takes it over. */
  author: string; authorId: string | null; zone: string | null; references: string | null;
  event: string; urgency: 'Immediate' | 'Expected' | 'Future' | 'Past' | 'Unknown'; severity: CapSeverity;
  certainty: 'Observed' | 'Likely' | 'Possible' | 'Unlikely' | 'Unknown'; responseType: string;
  onset: string | null; expires: string; areaDesc: string; area: GeoJSON.Geometry; people: number;
  texts: DraftText[]; reason: string | null; contentHash: string; submittedAt: string | null; createdAt: string;
  /** What stands in the way of submitting, each with the field it is about. */
  checks: { field: string; severity: 'stop' | 'ask'; code: string; message: string }[];
  /** zone:ID:VERSION, assessment:ID, station:ID, alert:ID */
  evidence: string[];
}
export interface DraftText { language: string; headline: string; description: string; instruction: string }
// GET /warnings/drafts → Draft[] · GET /warnings/drafts/{id} → Draft
// POST /warnings/drafts {zone?: id, alert?: id (update of)} → Draft
// PUT /warnings/drafts/{id} {version, event, urgency, severity, certainty, responseType, onset, expires, areaDesc, area, texts} → Draft (409 warnings.changed)
// POST /warnings/drafts/{id}/submit {version, people?: the head-count typed in, needed for a vast area (400 warnings.area-vast)} · /withdraw · /return {reason} · /reject {reason} → Draft
// POST /warnings/drafts/{id}/approve {contentHash, people} → Alert   (403 warnings.same-person, 409 warnings.changed)
export interface Alert extends AlertProperties {
  texts: DraftText[]; area: GeoJSON.Geometry; author: string; approver: string | null; references: string | null;
  state: 'InForce' | 'Superseded' | 'Cancelled' | 'Expired'; reason: string | null;
}
// GET /warnings/alerts?state= → Alert[] · GET /warnings/alerts/{id} → Alert · GET /warnings/alerts/{id}/cap.xml · GET /warnings/feed.atom
// GET /warnings/alerts/{id}/cancel?reason= → Alert (the Cancel as it would go out now) · GET /warnings/stream (server-sent events alert, ended, ping)
// POST /warnings/alerts/{id}/cancel {reason: 'SentInError' | 'DangerOver' | 'Replaced', note} → Alert  (one person is enough)

// ---- dissemination (no account) --------------------------------------------------------------------------------------

// GET /dissemination/key → { publicKey }  (VAPID, base64url)
// POST /dissemination/subscriptions Subscription → { id, secret } · DELETE /dissemination/subscriptions/{id} {secret} · POST …/{id}/test {secret}
export interface Subscription { lon: number; lat: number; placeName: string; language: string; endpoint: string; p256dh: string; auth: string }
/**
 * What a push message carries, as JSON of at most 3 KB. The declarative form is shown by Safari even without our worker; the facts beside
 * it let the worker replace an older notice of the thread, and sound again only when it got worse.
 */
export interface PushPayload {
  web_push: 8030;
  /** `tag` = thread; `navigate` = absolute address of /citizen/#/alert/{id}. An exercise's title begins with EXERCISE. */
  notification: { title: string; body: string; navigate: string; tag: string; lang: string; dir: 'ltr' | 'rtl' | 'auto' };
  kind: 'alert' | 'test';
  alert: string | null; thread: string | null; severity: CapSeverity | null; status: AlertProperties['status'] | null;
}
// GET /dissemination/now?lon=&lat= → Now  (coordinates are rounded to ~1 km before they leave the phone)
export interface Now { checked: string; alerts: NearAlert[] }
export interface NearAlert extends AlertProperties { km: number; inside: boolean; text: DraftText; languages: string[]; url: string }
// GET /alerts/{id} → the alert as a page of at most 30 KB that reads without scripts
// POST /dissemination/answers Answer → { id, received } (same key again → same answer, 200)
export interface Answer { key: string; kind: 'Safe' | 'NeedHelp'; need: 'Trapped' | 'Medical' | 'Water' | 'Food' | 'Shelter' | 'Other' | null; lon: number; lat: number; placeName: string; text: string; alert: string | null }
// GET /dissemination/alerts/{id}/ledger → Ledger
export interface Ledger { channels: { channel: string; queued: number; sent: number; confirmed: number; failed: number; unknown: number }[] }

// ---- relief -------------------------------------------------------------------------------------------------------------

// GET /relief/incidents → IncidentProperties[] · GET /relief/incidents/{id} → IncidentDetail
export interface IncidentDetail extends IncidentProperties { lon: number | null; lat: number | null; members: { id: string; text: string; time: string; source: string; category: string; p: number }[] }
// POST /relief/incidents/{id}/verify · /reject {reason} · /reopen → IncidentDetail
// GET /relief/tasks?skill=&lon=&lat= → (TaskProperties & {lon, lat, km})[]
// POST /relief/groups/join {name, group} → Session (volunteer cookie)
// POST /relief/tasks/{id}/claim {key} · /extend · /release {reason} · /done {key, note} → TaskProperties & {lon, lat} (409 relief.already-claimed names who and since when)
//   Exact place and a citizen's own words come only to whoever has the task, in these answers and in GET /relief/tasks; the live layer has neither.

/** Every refusal is an RFC 9457 problem with a stable code. */
export interface Problem { title: string; detail: string; status: number; code: string }
