import { app } from 'electron';
import { z } from 'zod';
import { linkAmong } from './deep-links.ts';

const Wanted = z.object({ hidden: z.boolean(), link: z.string().nullable() });
export type Wanted = z.infer<typeof Wanted>;

/** False: another Traygate owns this data folder; it has been told, and this process must leave before it touches anything. */
export function isOnlyInstance(wanted: Wanted): boolean {
  return app.requestSingleInstanceLock(wanted);
}

/**
 * What the second process wanted travels as data: Chromium reorders its command line on the way. A second process of an
 * older version sends less, and its link is looked for among its arguments.
 */
export function onSecondInstance(show: (link: string | null) => void): void {
  app.on('second-instance', (_event, argv, _cwd, data) => {
    const wanted = Wanted.safeParse(data).data;
    const link = wanted?.link ?? linkAmong(argv);
    if (link !== null || wanted?.hidden !== true) show(link);
  });
}
