import type { TrayShape } from '../electron/desktop/tray-menu.ts';

/** The mark on a 16-pixel grid: a gate standing in a tray. States differ by the shape of the gate. */
const tray =
  '<path d="M1.75 9.5v2.75a2 2 0 0 0 2 2h8.5a2 2 0 0 0 2-2V9.5" fill="none" stroke="INK" stroke-width="1.5" stroke-linecap="round"/>';
const gate = 'M4 12V5a4 4 0 0 1 8 0v7z';
const line = 'M4.75 11.25V5a3.25 3.25 0 0 1 6.5 0v6.25z';
const filled = (rest = '') => `<path d="${gate}" fill="INK" ${rest}/>`;
const cut = (id: string, hole: string) =>
  `<mask id="${id}"><rect width="16" height="16" fill="#fff"/>${hole}</mask>${filled(`mask="url(#${id})"`)}`;

const gates: Record<TrayShape, string> = {
  running: filled(),
  stopped: `<path d="${line}" fill="none" stroke="INK" stroke-width="1.5"/>`,
  degraded: cut('notch', '<path d="M13 0v8.5L7.25 4z" fill="#000"/>'),
  attention: cut(
    'mark',
    '<path d="M8 3.25v4" stroke="#000" stroke-width="1.75" stroke-linecap="round"/><circle cx="8" cy="9.75" r="1.1" fill="#000"/>',
  ),
  starting: `<path d="${line}" fill="none" stroke="INK" stroke-width="1.5" stroke-dasharray="1.6 1.5"/>`,
};

/** Middle tones that stand out from a light panel as well as from a dark one. Colour only adds to the shape. */
const inks: Record<TrayShape, string> = {
  running: '#3d7df5',
  stopped: '#858b99',
  degraded: '#c47f00',
  attention: '#e5484d',
  starting: '#3d7df5',
};

/** For macOS (`template`) black and alpha only: the system colours it. */
export function traySvg(shape: TrayShape, template: boolean): string {
  const body = (tray + gates[shape]).replaceAll('INK', template ? '#000' : inks[shape]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${body}</svg>`;
}
