import type { SystemPreferences } from 'electron';
import type { Answer } from '../../shared/contract.ts';
import type { Dispatch } from '../gateway/shell.ts';

/** Calls that hand out what only its owner should get, in words of the system's question. */
const guarded: ReadonlySet<string> = new Set(['data.export', 'tokens.export', 'tokens.reveal']);

const refused: Answer<never> = {
  ok: false,
  error: {
    code: 'refused',
    message: 'This needs your fingerprint, and it was not given. Nothing has been handed out.',
  },
};

/**
 * Asks whoever sits there to prove who they are before all tokens leave the keychain. Only macOS lets a program ask; elsewhere,
 * and on a Mac without a sensor, there is nothing to ask with.
 */
export function withPresence(
  dispatch: Dispatch,
  system: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'> | null,
  reason: () => string,
): Dispatch {
  if (system === null) return dispatch;
  return async (name, input) => {
    if (guarded.has(name) && system.canPromptTouchID()) {
      const present = await system.promptTouchID(reason()).then(
        () => true,
        () => false,
      );
      if (!present) return refused;
    }
    return dispatch(name, input);
  };
}
