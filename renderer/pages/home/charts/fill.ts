import type { Fill } from './chart.ts';

const size = 6;

/** Lines and dots of a fill, in a square that repeats; the same for the canvas and for the legend. */
export const strokesOf: Record<Exclude<Fill, 'solid'>, string> = {
  diagonal: `M-1 ${size + 1}L${size + 1} -1M-1 1L1 -1M${size - 1} ${size + 1}L${size + 1} ${size - 1}`,
  cross: `M0 0L${size} ${size}M${size} 0L0 ${size}`,
  dots: `M2 2h2v2h-2z`,
};
export const fillSize = size;

/** What a canvas fills bars with; sharp on every screen. */
export function canvasFill(context: CanvasRenderingContext2D, fill: Fill, colour: string): string | CanvasPattern {
  if (fill === 'solid') return colour;
  const scale = devicePixelRatio;
  const tile = new OffscreenCanvas(Math.round(size * scale), Math.round(size * scale));
  const drawing = tile.getContext('2d');
  if (drawing === null) return colour;
  drawing.scale(tile.width / size, tile.height / size);
  drawing.fillStyle = colour;
  drawing.strokeStyle = colour;
  drawing.globalAlpha = 0.22;
  drawing.fillRect(0, 0, size, size);
  drawing.globalAlpha = 1;
  drawing.lineWidth = 1.4;
  const path = new Path2D(strokesOf[fill]);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
  if (fill === 'dots') drawing.fill(path);
  else drawing.stroke(path);
  return context.createPattern(tile, 'repeat') ?? colour;
}
