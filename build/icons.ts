/** Draws every icon from its SVG: `node build/icons.ts`, with TRAYGATE_CHROMIUM naming a Chromium. The results are kept in the repository. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { trayShapes } from '../electron/desktop/tray-menu.ts';
import { icns, icnsSizes, ico } from './icon-containers.ts';
import { traySvg } from './icon-shapes.ts';

const here = (...parts: string[]) => path.join(import.meta.dirname, ...parts);
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
/** Desktops on Linux look for folders of these sizes, and for none above. */
const linuxSizes = [...icoSizes, 512];

const executablePath = process.env['TRAYGATE_CHROMIUM'];
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath !== undefined && { executablePath }),
});
const page = await browser.newPage();

async function draw(svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

const app = await readFile(here('icon.svg'), 'utf8');
const pictures = new Map<number, Buffer>();
for (const size of new Set([...linuxSizes, ...icnsSizes])) pictures.set(size, await draw(app, size));
await writeFile(here('icon.png'), pictures.get(1024) ?? '');
await mkdir(here('icons'), { recursive: true });
for (const size of linuxSizes) await writeFile(here('icons', `${size}x${size}.png`), pictures.get(size) ?? '');
await writeFile(here('icon.ico'), ico(pictures, icoSizes));
await writeFile(here('icon.icns'), icns(pictures));

await mkdir(here('tray'), { recursive: true });
for (const shape of trayShapes) {
  for (const [suffix, template] of [
    ['', false],
    ['Template', true],
  ] as const) {
    for (const [scale, size] of [
      ['', 16],
      ['@2x', 32],
    ] as const) {
      await writeFile(here('tray', `${shape}${suffix}${scale}.png`), await draw(traySvg(shape, template), size));
    }
  }
}
await browser.close();
