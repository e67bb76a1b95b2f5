import { type ReactNode, useId } from 'react';

interface StepProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

/** One way to connect a client, or one part of it. */
export function Step({ title, note, children }: StepProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2 border-t border-line pt-4">
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      {note !== undefined && <p className="text-muted">{note}</p>}
      {children}
    </section>
  );
}
