import { useId } from 'react';
import { CopyButton } from './copy-button.tsx';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly copyLabel: string;
  readonly copy: () => Promise<boolean>;
  readonly hint?: string;
}

/** A value to take along, large enough to read from afar. A secret is given masked; copying does not need it shown. */
export function CopyField({ label, value, copyLabel, copy, hint }: CopyFieldProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-xs text-muted">
        {label}
      </label>
      <div className="flex h-10 items-center gap-1 rounded-control border border-control bg-bg pr-1">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="code h-full min-w-0 flex-1 truncate rounded-control bg-transparent px-3 text-base"
        />
        <CopyButton label={copyLabel} copy={copy} />
      </div>
      {hint !== undefined && <p className="mt-1 text-xs text-muted">{hint}</p>}
    </div>
  );
}
