/** Runs at once, and then at most once per pause however often it is asked. */
export function paced(pause: number, run: () => void): { readonly ask: () => void; readonly askLater: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let wanted = false;
  const rest = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (wanted) ask();
    }, pause).unref();
  };
  const ask = (): void => {
    wanted = timer !== undefined;
    if (wanted) return;
    rest();
    run();
  };
  return {
    ask,
    askLater() {
      wanted = true;
      rest();
    },
  };
}
