import type { Rectangle } from 'electron';
import { z } from 'zod';

const side = z.number().int().min(200).max(20_000);
const Bounds = z.object({ x: z.number().int(), y: z.number().int(), width: side, height: side });

const first = { width: 1180, height: 780 };
/** So much of a title bar must be on a screen for a hand to get hold of it. */
const grip = 60;

/** Where the window was last time, unless that screen has gone; `workAreaNear` knows the screens there are. */
export function restoredBounds(saved: unknown, workAreaNear: (bounds: Rectangle) => Rectangle): Partial<Rectangle> {
  const { data } = Bounds.safeParse(saved);
  if (data === undefined) return first;
  const area = workAreaNear(data);
  const reachable =
    data.x + data.width >= area.x + grip &&
    data.x <= area.x + area.width - grip &&
    data.y >= area.y &&
    data.y <= area.y + area.height - grip;
  return reachable ? data : { width: data.width, height: data.height };
}
