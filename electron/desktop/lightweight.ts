/** As long as somebody who has put the window away may want it back at once. */
export const restAfterMs = 5 * 60_000;

export interface LightweightParts {
  /** Asked when the time has come. */
  readonly mayRest: () => boolean;
  /** Gives the window up; the next click on the tray makes another. */
  readonly rest: () => void;
}

/** A window that nobody sees costs a hundred megabytes and more: after five minutes it is given up. */
export function lightweight({ mayRest, rest }: LightweightParts): {
  readonly hidden: () => void;
  readonly shown: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const shown = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    shown,
    hidden() {
      shown();
      timer = setTimeout(() => mayRest() && rest(), restAfterMs).unref();
    },
  };
}
