import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface RenameFieldProps {
  readonly alias: string;
  /** null: nothing is to change. */
  readonly onEnd: (alias: string | null) => void;
}

export function RenameField({ alias, onEnd }: RenameFieldProps) {
  const { t } = useTranslation();
  const ended = useRef(false);
  const end = (next: string | null) => {
    // Taking the field away makes it lose the focus, which would end the renaming a second time.
    if (ended.current) return;
    ended.current = true;
    onEnd(next === '' ? null : next);
  };
  return (
    <input
      type="text"
      aria-label={t('tokens.rename', { alias })}
      defaultValue={alias}
      maxLength={40}
      spellCheck={false}
      // The menu that opened this gives the focus back when it closes; the field asks for it after that.
      ref={(field) => {
        if (field === null) return undefined;
        const timer = setTimeout(() => field.select(), 60);
        return () => clearTimeout(timer);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(event.currentTarget.value.trim());
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        end(null);
      }}
      onBlur={(event) => end(event.currentTarget.value.trim())}
      className="h-6 w-28 rounded-control border border-control bg-bg px-1 font-medium"
    />
  );
}
