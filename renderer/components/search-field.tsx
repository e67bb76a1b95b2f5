import { Search } from 'lucide-react';
import { useRef } from 'react';
import { cx } from '../lib/cx.ts';
import { comboLabel, useSearchHotkey } from '../lib/hotkeys.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

export function SearchField({ label, value, onChange, className }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useSearchHotkey(field);
  return (
    <div className={cx('relative', className)}>
      <Search aria-hidden size={15} className="absolute top-2 left-2 text-muted" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-keyshortcuts="Control+F Meta+F"
        placeholder={`${label} (${comboLabel('F')})`}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onChange('');
        }}
        className="h-8 w-full rounded-control border border-control bg-bg pr-2 pl-7"
      />
    </div>
  );
}
