// Draws BPMN files as PNG: draw-diagrams.mjs <folder> <file.bpmn>…   Called by scripts/draw-diagrams.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const MARGIN = 20;
const library = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/bpmn-js/dist');
const [folder, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();

/** Runs in the page: shows the whole diagram at its natural size, which it returns. */
async function show([xml, margin]) {
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  const { x, y, width, height } = viewer.get('canvas').viewbox().inner;
  const size = { width: Math.ceil(width) + 2 * margin, height: Math.ceil(height) + 2 * margin };
  Object.assign(document.querySelector('#canvas').style, { width: `${size.width}px`, height: `${size.height}px` });
  viewer.get('canvas').resized();
  viewer.get('canvas').viewbox({ x: x - margin, y: y - margin, ...size });
  return { ...size, warnings: warnings.map((warning) => warning.message) };
}

for (const file of files) {
  await page.setContent('<body style="margin:0"><div id="canvas" style="width:2000px;height:1000px"></div></body>');
  await page.addStyleTag({ path: join(library, 'assets/diagram-js.css') });
  await page.addStyleTag({ path: join(library, 'assets/bpmn-js.css') });
  await page.addScriptTag({ path: join(library, 'bpmn-viewer.production.min.js') });
  const { width, height, warnings } = await page.evaluate(show, [readFileSync(file, 'utf8'), MARGIN]);
  warnings.forEach((warning) => console.error(`${file}: ${warning}`));
  await page.setViewportSize({ width, height });
  const name = basename(file, '.bpmn').replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`${name}.png  ${width} x ${height}`);
}
await browser.close();
