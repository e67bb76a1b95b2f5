import { z } from 'zod';

/** What the desktop does (docs/desktop.md). Headless mode keeps these values and does nothing with them. */
export const desktopSchemas = {
  'desktop.startAtLogin': z.boolean(),
  'desktop.closeButton': z.enum(['hide', 'quit']),
  /** Gives up a window that has been hidden for minutes, for its memory. */
  'desktop.lightweight': z.boolean(),
  /** Asks whether there is a newer version. */
  'desktop.updates': z.boolean(),
  'desktop.notifyStopped': z.boolean(),
  'desktop.notifyProvider': z.boolean(),
  'desktop.notifyToken': z.boolean(),
  'desktop.notifyEnding': z.boolean(),
  'desktop.notifyWrongKeys': z.boolean(),
  'desktop.notifyUpdate': z.boolean(),
  'desktop.notifyErrors': z.boolean(),
} as const;

export const desktopDefaults = {
  'desktop.startAtLogin': false,
  'desktop.closeButton': 'hide',
  'desktop.lightweight': true,
  'desktop.updates': true,
  'desktop.notifyStopped': true,
  'desktop.notifyProvider': true,
  'desktop.notifyToken': true,
  'desktop.notifyEnding': true,
  'desktop.notifyWrongKeys': true,
  'desktop.notifyUpdate': true,
  'desktop.notifyErrors': false,
} as const;
