import { useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** All between the row where a range began and this one. */
  readonly extend: (ids: readonly string[]) => void;
  readonly set: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

const none: ReadonlySet<string> = new Set();

/** Rows that were chosen, for what can be done with several. */
export function useSelection(): Selection {
  const [ids, setIds] = useState(none);
  return {
    ids,
    toggle: (id) =>
      setIds((known) => {
        const next = new Set(known);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    extend: (more) => setIds((known) => new Set([...known, ...more])),
    set: (all) => setIds(new Set(all)),
    clear: () => setIds((known) => (known.size === 0 ? known : none)),
  };
}
