// Draws the PNG icons that phones want from the SVG ones: node dev/drawIcons.mjs (needs a Chromium; CHROMIUM names another path).
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const folder = new URL('../public/icons/', import.meta.url);
const wanted = [
  { svg: 'resilience.svg', png: 'icon-180.png', size: 180, inset: 0, ground: '#1b1f23' },
  { svg: 'resilience.svg', png: 'icon-192.png', size: 192, inset: 0, ground: 'transparent' },
  { svg: 'resilience.svg', png: 'icon-512.png', size: 512, inset: 0, ground: 'transparent' },
  // Android cuts a maskable icon to a circle of 80 %.
  { svg: 'resilience.svg', png: 'icon-maskable-512.png', size: 512, inset: 56, ground: '#1b1f23' },
  { svg: 'badge.svg', png: 'badge-96.png', size: 96, inset: 4, ground: 'transparent' },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage();
for (const { svg, png, size, inset, ground } of wanted) {
  await page.setViewportSize({ width: size, height: size });
  const drawing = Buffer.from(await readFile(new URL(svg, folder))).toString('base64');
  await page.setContent(`<body style="margin:0;background:${ground}"><img style="position:absolute;inset:${inset}px;width:${size - 2 * inset}px" src="data:image/svg+xml;base64,${drawing}">`);
  await writeFile(new URL(png, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
