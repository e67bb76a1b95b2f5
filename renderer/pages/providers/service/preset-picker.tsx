import { Plus } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Preset, presets } from '../../../../shared/presets.ts';
import { addableKinds } from '../../../../shared/provider.ts';
import { moveFocus } from '../../../lib/roving.ts';

const item =
  'flex min-h-11 w-full flex-col items-start justify-center rounded-control px-2 py-1 text-left hover:bg-hover';

interface PresetPickerProps {
  readonly onPick: (preset: Partial<Preset>) => void;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
}

/** Known services by name or address; last, a service that nobody here knows. */
export function PresetPicker({ onPick, fieldRef: field }: PresetPickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = presets.filter(({ name, baseUrl }) => `${name} ${baseUrl}`.toLowerCase().includes(wanted));
  const first = found[0];
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    // Up from the first one leads back to the field.
    if (!moveFocus(event, list.current, 'button') && event.key === 'ArrowUp') field.current?.focus();
  };
  return (
    <div ref={list}>
      <label htmlFor="service-search" className="mb-1 block font-medium">
        {t('service.choose')}
      </label>
      <input
        ref={field}
        id="service-search"
        type="search"
        aria-label={t('service.search')}
        placeholder={t('service.search')}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined) onPick(first);
          if (event.key === 'ArrowDown') onKeyDown(event);
        }}
        className="h-8 w-full rounded-control border border-control bg-bg px-2"
      />
      {found.length > 0 ? (
        <ul aria-label={t('service.presets')} className="mt-3 flex flex-col gap-0.5">
          {found.map((preset) => (
            <li key={preset.id}>
              <button type="button" className={item} onClick={() => onPick(preset)} onKeyDown={onKeyDown}>
                <span className="font-medium">{preset.name}</span>
                <span className="code text-xs wrap-anywhere text-muted">{preset.baseUrl}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <output className="mt-3 block text-muted">{t('service.noPreset')}</output>
      )}
      <h3 className="mt-4 border-t border-line pt-3 font-medium">{t('service.other')}</h3>
      <ul aria-label={t('service.other')} className="mt-1 flex flex-col gap-0.5">
        {addableKinds.map((kind) => (
          <li key={kind}>
            <button type="button" className={item} onClick={() => onPick({ kind })} onKeyDown={onKeyDown}>
              <span className="flex items-center gap-1.5 font-medium">
                <Plus aria-hidden size={14} />
                {t(`service.kinds.${kind}`)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
