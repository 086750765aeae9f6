/** How a table of an agency's own is read; TableMapping on the server says what each field means. */
export interface TableMapping {
  kind: 'csv' | 'json'; encoding: string; delimiter: string; headerLine: number; firstRow: number; rows: string;
  station: string | null; name: string | null; longitude: string | null; latitude: string | null; river: string | null; stations: TableStation[];
  time: string | null; timeOfDay: string | null; timeFormat: string | null; decimalComma: boolean; missing: string[]; values: TableValue[];
}
export interface TableStation { id: string; name: string | null; longitude: number | null; latitude: number | null; river: string | null }
export interface TableValue { column: string; property: string; unit: string; name: string | null; code: string | null; when: string | null; every: string | null }
export interface Table { columns: string[]; rows: string[][] }

export const emptyMapping = (): TableMapping => ({
  kind: 'csv', encoding: 'utf-8', delimiter: ',', headerLine: 1, firstRow: 0, rows: '', station: null, name: null, longitude: null, latitude: null, river: null, stations: [],
  time: null, timeOfDay: null, timeFormat: null, decimalComma: false, missing: [], values: [],
});

export const properties = ['Stage', 'Discharge', 'Rainfall', 'LakeLevel', 'AirTemperature', 'RelativeHumidity', 'WindSpeed', 'WindGust', 'WindDirection', 'SeaLevelPressure', 'Other'] as const;
/** The unit people mostly write for a quantity; the first is proposed. */
export const unitsOf: Record<string, string[]> = {
  Stage: ['m', 'cm', 'ft'], LakeLevel: ['m', 'cm', 'ft'], Discharge: ['m3/s', 'L/s', 'ft3/s'], Rainfall: ['mm', 'in'], AirTemperature: ['Cel', '[degF]'], RelativeHumidity: ['%'],
  WindSpeed: ['m/s', 'km/h', '[kn_i]'], WindGust: ['m/s', 'km/h', '[kn_i]'], WindDirection: ['deg'], SeaLevelPressure: ['hPa'], Other: [],
};
const delimiters: [name: string, sign: string][] = [[',', ','], [';', ';'], ['tab', '\t'], ['|', '|']];
const signOf = (name: string): string => (name === 'tab' || name === '\\t' ? '\t' : name);

/** The first rows of a sample as the server would split them. */
export function readTable(text: string, m: TableMapping, most = 200): Table {
  return m.kind === 'json' ? readJson(text, m.rows, most) : readCsv(text, m, most);
}

function readCsv(text: string, m: TableMapping, most: number): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const split = (line: string): string[] => splitLine(line, signOf(m.delimiter));
  const first = m.firstRow > 0 ? m.firstRow - 1 : m.headerLine;
  const rows = lines.slice(first).filter((line) => line.trim() !== '').slice(0, most).map(split);
  const header = m.headerLine > 0 ? split(lines[m.headerLine - 1] ?? '').map((name) => name.trim()) : [];
  const width = Math.max(header.length, ...rows.slice(0, 20).map((row) => row.length), 0);
  return { columns: m.headerLine > 0 ? header : Array.from({ length: width }, (_, i) => String(i + 1)), rows };
}

function splitLine(line: string, sign: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (line[i + 1] === '"') { cell += c; i++; }
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === sign) { cells.push(cell); cell = ''; }
    else cell += c;
  }
  return [...cells, cell];
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const isObject = (v: Json | undefined): v is { [key: string]: Json } => typeof v === 'object' && v !== null && !Array.isArray(v);

/** Reads JSON that may be the beginning of a longer document: what is whole until then is kept, and the brackets are closed. */
export function parseBeginning(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const open: string[] = [];
    let whole: { to: number; close: string } | null = null;
    for (let i = 0, inText = false; i < text.length; i++) {
      const c = text[i]!;
      if (inText) {
        if (c === '\\') i++;
        else if (c === '"') inText = false;
      } else if (c === '"') inText = true;
      else if (c === '{' || c === '[') open.push(c === '{' ? '}' : ']');
      else if (c === '}' || c === ']') {
        if (open.pop() !== c) return undefined;
        if (open.at(-1) === ']') whole = { to: i + 1, close: [...open].reverse().join('') };
      }
    }
    try {
      return whole ? (JSON.parse(text.slice(0, whole.to) + whole.close) as Json) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Where in a document rows may stand: paths to its arrays of objects, the longest first. */
export function rowPaths(text: string): string[] {
  const found: { path: string; size: number }[] = [];
  const look = (value: Json | undefined, path: string, depth: number): void => {
    if (Array.isArray(value)) {
      if (isObject(value[0])) found.push({ path, size: value.length });
    } else if (isObject(value) && depth < 4) for (const [key, inner] of Object.entries(value)) if (!key.includes('.')) look(inner, path ? `${path}.${key}` : key, depth + 1);
  };
  look(parseBeginning(text), '', 0);
  return found.sort((a, b) => b.size - a.size).map((f) => f.path);
}

function readJson(text: string, path: string, most: number): Table {
  let at = parseBeginning(text);
  for (const part of path.split('.').filter(Boolean)) at = isObject(at) ? at[part] : undefined;
  const items = Array.isArray(at) ? at.slice(0, most).map(flatten) : [];
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return { columns, rows: items.map((item) => columns.map((c) => item[c] ?? '')) };
}

function flatten(value: Json): Record<string, string> {
  const cells: Record<string, string> = {};
  const put = (v: Json, path: string, depth: number): void => {
    if (Array.isArray(v)) v.slice(0, 4).forEach((x, i) => { if (depth < 5) put(x, `${path}[${i}]`, depth + 1); });
    else if (isObject(v)) { if (depth < 5) for (const [key, x] of Object.entries(v)) put(x, path ? `${path}.${key}` : key, depth + 1); }
    else cells[path] = v === null ? '' : String(v);
  };
  put(value, '', 0);
  return cells;
}

const named: { field: 'station' | 'name' | 'longitude' | 'latitude' | 'river' | 'time' | 'timeOfDay'; like: RegExp }[] = [
  { field: 'longitude', like: /^(.*\.)?(lon|long|lng|longitude|lang|laenge|x)$|coordinates\[0\]$/i }, { field: 'latitude', like: /^(.*\.)?(lat|latitude|breite|y)$|coordinates\[1\]$/i },
  { field: 'name', like: /name|label|title$/i }, { field: 'river', like: /river|stream|fluss|gew(ä|ae)sser|rio|rivi/i },
  { field: 'station', like: /station|gauge|site|sensor|pegel|(^|[._ -])(id|code|no|nr)$/i },
  { field: 'time', like: /time|date|datum|fecha|zeit|heure|stamp|^day$/i },
];
const quantities: { property: string; like: RegExp }[] = [
  { property: 'Rainfall', like: /rain|precip|niederschlag|pluie|lluvia/i }, { property: 'Discharge', like: /discharge|flow|abfluss|d(é|e)bit|caudal|(^|_)q$/i },
  { property: 'LakeLevel', like: /lake/i }, { property: 'Stage', like: /level|stage|height|wasserstand|niveau|nivel|^w$|^h$/i },
  { property: 'AirTemperature', like: /temp/i }, { property: 'RelativeHumidity', like: /humid/i }, { property: 'WindGust', like: /gust/i }, { property: 'WindDirection', like: /wind.*dir/i },
  { property: 'WindSpeed', like: /wind/i }, { property: 'SeaLevelPressure', like: /press/i },
];
const marks = ['-', '--', '---', 'NA', 'N/A', 'NaN', 'null', '-999', '-9999'];
const numeric = /^-?\d+([.,]\d+)?$/;

/** What a sample is, as far as it shows: kind, delimiter and the columns whose names or contents speak for themselves. Never overwrites what a person chose. */
export function guessMapping(text: string, before: TableMapping): TableMapping {
  const m: TableMapping = { ...before, kind: /^\s*[[{]/.test(text) ? 'json' : 'csv' };
  if (m.kind === 'json') m.rows = rowPaths(text).includes(m.rows) ? m.rows : (rowPaths(text)[0] ?? '');
  else {
    const line = text.split(/\r\n|\n|\r/)[Math.max(0, m.headerLine - 1)] ?? '';
    const best = delimiters.map(([name, sign]) => ({ name, count: line.split(sign).length })).sort((a, b) => b.count - a.count)[0]!;
    if (best.count > 1) m.delimiter = best.name;
  }
  const table = readTable(text, m);
  const free = (column: string | null): boolean => column === null || !table.columns.includes(column);
  const used = new Set<string>();
  for (const { field, like } of named) {
    if (!free(m[field])) { used.add(m[field]!); continue; }
    const column = table.columns.find((c) => !used.has(c) && like.test(c));
    m[field] = column ?? null;
    if (column) used.add(column);
  }
  const contents = (column: string): string[] => table.rows.map((row) => row[table.columns.indexOf(column)]?.trim() ?? '').filter(Boolean);
  m.values = m.values.filter((v) => !free(v.column));
  if (m.values.length === 0) {
    const taken = new Set<string>();
    for (const column of table.columns.filter((c) => !used.has(c) && contents(c).some((cell) => numeric.test(cell)))) {
      const property = quantities.find((q) => q.like.test(column))?.property;
      if (!property || taken.has(property)) continue;
      taken.add(property);
      m.values.push(newValue(column, property));
    }
  }
  if (m.values.some((v) => contents(v.column).some((cell) => /^-?\d+,\d+$/.test(cell))) && m.delimiter !== ',') m.decimalComma = true;
  if (m.missing.length === 0) m.missing = marks.filter((mark) => m.values.some((v) => contents(v.column).includes(mark)));
  if (m.time && m.timeFormat === null) m.timeFormat = guessTimeFormat(contents(m.time)[0] ?? '');
  return m;
}

export const newValue = (column: string, property: string): TableValue => ({ column, property, unit: unitsOf[property]?.[0] ?? '', name: null, code: null, when: null, every: null });

/** Ways of writing a time that the first value tells apart; day before month, because month before day cannot be told from it. */
export const timeFormats = ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm', 'dd/MM/yyyy HH:mm:ss', 'MM/dd/yyyy HH:mm', 'yyyyMMddHHmm', 'dd-MM-yyyy HH:mm', 'unix', 'unix-ms'] as const;
export function guessTimeFormat(cell: string): string | null {
  if (/^\d{10}(\.\d+)?$/.test(cell)) return 'unix';
  if (/^\d{13}$/.test(cell)) return 'unix-ms';
  return timeFormats.find((f) => !f.startsWith('unix') && f !== 'MM/dd/yyyy HH:mm' && new RegExp(`^${f.replace(/[.]/g, '\\.').replace(/[dMyHms]/g, '\\d')}$`).test(cell)) ?? null;
}

/** The ids that the sample names and nothing places yet: rows to fill in. */
export function stationsToPlace(table: Table, m: TableMapping): TableStation[] {
  const at = m.station === null ? -1 : table.columns.indexOf(m.station);
  const ids = at < 0 ? [] : [...new Set(table.rows.map((row) => row[at]?.trim() ?? '').filter(Boolean))].slice(0, 50);
  return ids.filter((id) => !m.stations.some((s) => s.id === id)).map((id) => ({ id, name: null, longitude: null, latitude: null, river: null }));
}
