import type { Care } from '../care.ts';
import { setToolMode } from '../settings/tool-mode.ts';
import type { Settings } from '../settings/settings.ts';
import type { Handlers } from './dispatch.ts';

/** What the Test page can ask and do. */
export function createTrialHandlers({ trials, runs }: Pick<Care, 'trials' | 'runs'>, settings: Settings) {
  return {
    'trial.start': ({ id, ...asked }) => trials.start(id, asked),
    'trial.get': ({ id }) => trials.get(id),
    'trial.cancel': ({ ids }) => ({ cancelled: trials.cancel(ids) }),
    'runs.start': (wanted) => runs.start(wanted),
    'runs.current': ({ kind }) => runs.current(kind),
    'runs.control': ({ id, action }) => ({ done: runs.control(id, action) }),
    'runs.history': ({ kind }) => runs.history(kind),
    'model.toolMode': ({ model, mode }) => {
      setToolMode(settings, model, mode);
      return null;
    },
  } satisfies Partial<Handlers>;
}
