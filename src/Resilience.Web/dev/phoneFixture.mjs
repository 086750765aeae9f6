// A stand-in for the server while working on the phone faces: node dev/phoneFixture.mjs [port] [folder of the built faces]
// ?scene= on the start address chooses what it answers: normal (default), none, live, many, silent. It keeps nothing.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { answers } from './phoneAnswers.mjs';

const port = Number(process.argv[2] ?? 5090);
const folder = process.argv[3] ?? new URL('../../Resilience.Server/wwwroot', import.meta.url).pathname;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2' };
// The real server's policy, so that what works here works there.
const policy = "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
const scene = { name: 'normal' };

createServer(async (request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const chosen = url.searchParams.get('scene');
  if (chosen !== null) scene.name = chosen;
  let body = '';
  for await (const part of request) body += part;
  const answer = answers(request.method, url, body === '' ? null : JSON.parse(body), scene.name);
  if (answer !== undefined) {
    if (answer.silent) { request.socket.destroy(); return; }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    return;
  }
  const path = normalize(url.pathname).replace(/\/$/, '/index.html');
  try {
    const file = await readFile(join(folder, path));
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': policy, 'cache-control': 'no-cache' });
    response.end(file);
  } catch {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ title: 'Not found', detail: 'There is nothing at this address.', status: 404, code: 'server.not-found' }));
  }
}).listen(port, () => console.log(`phone faces on http://localhost:${port}/citizen/ and /volunteer/`));
