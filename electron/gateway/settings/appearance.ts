import { z } from 'zod';
import { calms, densities, hourCycles } from '../../../shared/appearance.ts';

/** How the windows look and are worked (docs/settings.md). */
export const appearanceSchemas = {
  'ui.density': z.enum(densities),
  'ui.reduceMotion': z.enum(calms),
  'ui.hours': z.enum(hourCycles),
  'ui.singleKeys': z.boolean(),
} as const;

export const appearanceDefaults = {
  'ui.density': 'normal',
  'ui.reduceMotion': 'system',
  'ui.hours': 'auto',
  'ui.singleKeys': false,
} as const;
