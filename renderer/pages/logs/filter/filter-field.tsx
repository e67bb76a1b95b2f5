// oxlint-disable jsx-a11y/prefer-tag-over-role -- a datalist completes whole values, not the word that is being typed
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/icon-button.tsx';
import { cx } from '../../../lib/cx.ts';
import { comboLabel, useSearchHotkey } from '../../../lib/hotkeys.ts';
import { newestRows } from '../list/use-log-view.ts';
import { suggest, type Suggestion } from './suggest.ts';
import { parseFilter } from './terms.ts';

interface FilterFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Words and `key:value` filters; what may follow is offered while typing. */
export function FilterField({ value, onChange }: FilterFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [open, setOpen] = useState(false);
  const [reached, setReached] = useState(-1);
  useSearchHotkey(field);
  useEffect(() => {
    if (reached >= 0)
      document.querySelector(`#${CSS.escape(`${id}-${reached}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, reached]);
  const suggestions = open ? suggest(value, newestRows) : [];
  const misread = parseFilter(value).filter(({ valid, typed }) => !valid && !typed.endsWith(':'));
  const close = () => {
    setOpen(false);
    setReached(-1);
  };
  const take = ({ text, open: goesOn }: Suggestion) => {
    onChange(text);
    setReached(-1);
    setOpen(goesOn);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = suggestions[reached];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const [first, last] = [0, Math.max(0, suggestions.length - 1)];
      const next = reached + (event.key === 'ArrowDown' ? 1 : -1);
      setReached(next > last ? first : next < first ? last : next);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape' && (suggestions.length > 0 || value !== '')) {
      event.stopPropagation();
      if (suggestions.length > 0) close();
      else onChange('');
    }
  };
  return (
    <div className="relative w-52 max-w-88 grow max-sm:w-full">
      <Search aria-hidden size={15} className="absolute top-2 left-2 text-muted" />
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={t('logs.search')}
        aria-keyshortcuts="Control+F Meta+F"
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={reached >= 0 && suggestions[reached] ? `${id}-${reached}` : undefined}
        aria-describedby={misread.length > 0 ? `${id}-misread` : undefined}
        aria-invalid={misread.length > 0}
        placeholder={`${t('logs.search')} (${comboLabel('F')})`}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={close}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setReached(-1);
        }}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-control border border-control bg-bg pr-8 pl-7"
      />
      {value !== '' && (
        <IconButton
          icon={X}
          label={t('logs.clearSearch')}
          onClick={() => onChange('')}
          className="absolute top-0.5 right-0.5"
        />
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('logs.suggestions')}
        hidden={suggestions.length === 0}
        className="absolute top-9 left-0 z-20 max-h-72 w-full overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float"
      >
        {suggestions.map((suggestion, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field keeps the focus; its keys do what a click does here
          <div
            key={suggestion.text}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === reached}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(suggestion)}
            className={cx(
              'flex min-h-7 items-center justify-between gap-3 rounded-control px-2',
              index === reached ? 'bg-hover' : 'hover:bg-hover',
            )}
          >
            <span className="code truncate">{suggestion.shown}</span>
            {suggestion.open && <span className="truncate text-xs text-muted">{t(`logs.keys.${suggestion.key}`)}</span>}
          </div>
        ))}
      </div>
      {misread.length > 0 && suggestions.length === 0 && (
        <p id={`${id}-misread`} className="mt-1 text-xs text-warning">
          {t('logs.misread', { text: misread.map(({ typed }) => typed).join(' ') })}
        </p>
      )}
    </div>
  );
}
