import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

/**
 * Builds `src/FACE/worker/index.ts`, where a face has one, to the fixed address `/FACE/worker.js` as one classic script
 * (module service workers are missing from some phones). `__SHELL__` is replaced by the addresses of that face's built files,
 * so a new build changes the worker and phones notice.
 */
export function serviceWorkers(faces: string[], root: string): Plugin {
  let config: ResolvedConfig;
  const shells = new Map<string, string[]>();
  return {
    name: 'resilience-service-workers',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle(_options, bundle) {
      for (const face of faces) {
        const files = new Set<string>();
        const add = (name: string): void => {
          const chunk = bundle[name];
          if (chunk?.type !== 'chunk' || files.has(name)) return;
          files.add(name);
          chunk.imports.forEach(add);
          chunk.viteMetadata?.importedCss.forEach((css) => files.add(css));
        };
        Object.values(bundle).filter((c) => c.type === 'chunk' && c.isEntry && c.name === face).forEach((c) => add(c.fileName));
        shells.set(face, [`/${face}/`, ...[...files].map((f) => `/${f}`)]);
      }
    },
    async closeBundle() {
      for (const face of faces) {
        const entry = join(root, face, 'worker', 'index.ts');
        if (!existsSync(entry)) continue;
        const fonts = publicFiles(config.publicDir, face);
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          define: { __SHELL__: JSON.stringify([...(shells.get(face) ?? []), ...fonts]) },
          build: {
            outDir: config.build.outDir,
            emptyOutDir: false,
            target: 'es2020',
            lib: { entry, formats: ['iife'], name: 'worker', fileName: () => `${face}/worker.js` },
          },
        });
      }
    },
  };
}

/** What lies under public/FACE and belongs to the shell: manifest and icons. */
function publicFiles(publicDir: string, face: string): string[] {
  const folder = join(publicDir, face);
  if (!publicDir || !existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => '/' + relative(publicDir, join(f.parentPath, f.name)).replaceAll('\\', '/'));
}
