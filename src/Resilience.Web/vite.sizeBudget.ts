import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';
import { MAP_KILOBYTES } from './src/shared/phone/mapSize';

/** Kilobytes, gzipped, of what a phone on 400 kbit/s must fetch before it can read. */
const budgets = [
  { face: 'citizen', scripts: 60, all: 90 },
  { face: 'volunteer', scripts: 60, all: 90 },
];
/** How far the size told to people before "Open map" may be from the truth. */
const mapTolerance = 0.1;

type Bundle = Rollup.OutputBundle;
const kilobytes = (files: Iterable<Rollup.OutputChunk | Rollup.OutputAsset>): number =>
  [...files].reduce((sum, f) => sum + gzipSync(f.type === 'chunk' ? f.code : f.source).length, 0) / 1000;

/** Fails the build when a phone face grew too heavy, or when the map is no longer as large as people are told. */
export function sizeBudget(): Plugin {
  return {
    name: 'resilience-size-budget',
    apply: 'build',
    enforce: 'post',
    // writeBundle, because only then chunks are minified and the map's worker is among the files.
    writeBundle(_options, bundle) {
      for (const { face, scripts, all } of budgets) {
        const chunks = reach(bundle, Object.values(bundle).filter((f): f is Rollup.OutputChunk => f.type === 'chunk' && f.isEntry && f.name === face));
        const script = kilobytes(chunks);
        const whole = script + kilobytes(stylesOf(bundle, chunks));
        console.warn(`${face}: ${script.toFixed(1)} KB of script, ${whole.toFixed(1)} KB with styles (gzip)`);
        if (script > scripts || whole > all) this.error(`${face} may weigh ${scripts} KB of script and ${all} KB in all, and weighs ${script.toFixed(1)} and ${whole.toFixed(1)} KB.`);
      }
      const map = mapFiles(bundle);
      const size = kilobytes(map);
      if (map.length > 0 && Math.abs(size - MAP_KILOBYTES) > MAP_KILOBYTES * mapTolerance)
        this.error(`"Open map" tells people ${MAP_KILOBYTES} KB, but it loads ${size.toFixed(0)} KB: correct src/shared/phone/mapSize.ts.`);
    },
  };
}

/** A chunk and everything it imports at once; what is imported later is not counted. */
function reach(bundle: Bundle, from: Rollup.OutputChunk[], seen = new Set<Rollup.OutputChunk>()): Set<Rollup.OutputChunk> {
  for (const chunk of from) {
    if (seen.has(chunk)) continue;
    seen.add(chunk);
    reach(bundle, chunk.imports.map((name) => bundle[name]).filter((f): f is Rollup.OutputChunk => f?.type === 'chunk'), seen);
  }
  return seen;
}

const stylesOf = (bundle: Bundle, chunks: Iterable<Rollup.OutputChunk>): (Rollup.OutputChunk | Rollup.OutputAsset)[] =>
  [...new Set([...chunks].flatMap((c) => [...(c.viteMetadata?.importedCss ?? [])]))].map((name) => bundle[name]).filter((f) => f !== undefined);

/** The chunk with the map, its styles, its own imports that no face has loaded yet, and the map's worker. */
function mapFiles(bundle: Bundle): (Rollup.OutputChunk | Rollup.OutputAsset)[] {
  const chunk = Object.values(bundle).find((f): f is Rollup.OutputChunk => f.type === 'chunk' && f.name === 'smallMap');
  if (chunk === undefined) return [];
  const entry = Object.values(bundle).filter((f): f is Rollup.OutputChunk => f.type === 'chunk' && f.isEntry && f.name === 'citizen');
  const already = reach(bundle, entry);
  const chunks = [...reach(bundle, [chunk])].filter((c) => !already.has(c));
  const worker = Object.values(bundle).filter((f) => f.type === 'asset' && /maplibre-gl-worker/.test(f.fileName) && f.fileName.endsWith('.js'));
  return [...chunks, ...stylesOf(bundle, chunks), ...worker];
}
