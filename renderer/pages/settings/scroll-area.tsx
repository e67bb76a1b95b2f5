import type { ReactNode } from 'react';

/** What is wider than the page scrolls by itself, also with the keyboard. */
export function ScrollArea({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll
    <section aria-label={label} tabIndex={0} className="relative w-full overflow-x-auto">
      {children}
    </section>
  );
}
