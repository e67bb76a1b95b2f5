import type { SettingsStore } from '../gateway/shell.ts';

export type CloseChoice = 'hide' | 'quit';

export interface FirstCloseParts {
  readonly store: Pick<SettingsStore, 'get' | 'set'>;
  /** The setting. */
  readonly wanted: () => CloseChoice;
  readonly ask: () => Promise<CloseChoice>;
  /** Makes the answer the setting. */
  readonly save: (choice: CloseChoice) => void;
}

const key = 'closeAsked';

/**
 * What the close button does. Whoever closes a window for the first time may mean either, so that time it is asked, and the answer is
 * the setting from then on. Calls back at once where nothing is asked.
 */
export function closeButton({
  store,
  wanted,
  ask,
  save,
}: FirstCloseParts): (act: (choice: CloseChoice) => void) => void {
  let asking = false;
  const answer = async (act: (choice: CloseChoice) => void): Promise<void> => {
    try {
      const choice = await ask();
      store.set(key, true);
      if (choice !== wanted()) save(choice);
      act(choice);
    } finally {
      asking = false;
    }
  };
  return (act) => {
    if (asking) return;
    // Whoever has found the setting needs no question.
    if (store.get(key) === true || wanted() === 'quit') {
      act(wanted());
      return;
    }
    asking = true;
    void answer(act);
  };
}
