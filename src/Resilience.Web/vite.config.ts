import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { fixtures } from './dev/fixturePlugin';
import { serviceWorkers } from './vite.serviceWorkers';
import { sizeBudget } from './vite.sizeBudget';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const faces = ['coordinator', 'citizen', 'volunteer'];
const server = process.env['RESILIENCE_SERVER'] ?? 'http://localhost:5080';
const answeredByServer = ['access', 'observations', 'hazards', 'risk', 'warnings', 'dissemination', 'reports', 'relief', 'operations', 'alerts'];

export default defineConfig({
  // The sources are the root, so that src/coordinator/index.html is served as /coordinator/ in development and when built.
  root: at('./src'),
  publicDir: at('./public'),
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  plugins: [...(process.env['RESILIENCE_FIXTURES'] ? [fixtures()] : []), serviceWorkers(faces, at('./src')), sizeBudget()],
  build: {
    outDir: process.env['RESILIENCE_WEB_OUT'] ?? at('../Resilience.Server/wwwroot'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the server's content policy forbids data: scripts, and small files are cached on their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: Object.fromEntries(faces.map((face) => [face, at(`./src/${face}/index.html`)]).filter(([, path]) => existsSync(path!))) },
  },
  server: {
    proxy: {
      ...Object.fromEntries(answeredByServer.map((prefix) => [`/${prefix}`, { target: server, changeOrigin: false }])),
      ...(process.env['RESILIENCE_FIXTURES'] ? {} : { '/live': { target: server, ws: true } }),
    },
  },
  test: { root: at('.'), include: ['src/**/*.test.ts', 'dev/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
