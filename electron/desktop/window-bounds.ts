import { type Rectangle, screen } from 'electron';
import { z } from 'zod';

const side = z.number().int().min(200).max(20_000);
const Bounds = z.object({ x: z.number().int(), y: z.number().int(), width: side, height: side });

const first = { width: 1180, height: 780 };
/** So much of a title bar must be on a screen for a hand to get hold of it. */
const grip = 60;

/** Where the window was last time, unless that screen has gone. */
export function restoredBounds(saved: unknown): Partial<Rectangle> {
  const { data } = Bounds.safeParse(saved);
  if (data === undefined) return first;
  const { workArea } = screen.getDisplayMatching(data);
  const reachable =
    data.x + data.width >= workArea.x + grip &&
    data.x <= workArea.x + workArea.width - grip &&
    data.y >= workArea.y &&
    data.y <= workArea.y + workArea.height - grip;
  return reachable ? data : { width: data.width, height: data.height };
}
