import { FileUp } from 'lucide-react';
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pasteOf } from '../../../../../shared/paste.ts';
import { maxCharacters as maxFile } from '../../../../../shared/paste/pasted.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Button } from '../../../../components/button.tsx';
import { cx } from '../../../../lib/cx.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { complain } from '../../../../lib/toasts.ts';

/** What one call may carry, see `tokens.add` in the contract. */
const maxCharacters = 8_000_000;

interface DropAreaProps {
  readonly areaRef: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
  readonly provider: ProviderId;
  /** Below the field; files may be dropped there as well. */
  readonly children: ReactNode;
}

/**
 * Takes pasted text and dropped files. React does not hold the text: it may be megabytes long. Of a recording of the network tab only
 * what may be a token is put in the field: the rest of it never leaves this function.
 */
export function DropArea({ areaRef, onText, provider, children }: DropAreaProps) {
  const { t } = useTranslation();
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [hovered, setHovered] = useState(false);

  async function read(files: FileList | null) {
    const chosen = [...(files ?? [])];
    if (chosen.some(({ size }) => size > maxFile)) {
      complain(t('tokens.add.fileTooLarge'));
      return;
    }
    const texts = (await Promise.all(chosen.map((file) => file.text()))).map(pasteOf);
    const field = areaRef.current;
    if (field === null || texts.length === 0) return;
    if (texts.every((text) => text.trim() === '')) complain(t('tokens.add.nothingIn'));
    const whole = [field.value, ...texts].filter((text) => text !== '').join('\n');
    if (whole.length > maxCharacters) {
      complain(t('tokens.add.tooLarge'));
      return;
    }
    field.value = whole;
    onText(whole);
  }

  return (
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setHovered(true);
      }}
      onDragLeave={() => setHovered(false)}
      onDrop={(event) => {
        setHovered(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        void read(event.dataTransfer.files);
      }}
    >
      <label htmlFor={id} className="mb-1 block font-medium">
        {t('tokens.add.label', wordFor(provider))}
      </label>
      <textarea
        ref={areaRef}
        id={id}
        rows={9}
        maxLength={maxCharacters}
        spellCheck={false}
        autoComplete="off"
        placeholder={t('tokens.add.placeholder', wordFor(provider))}
        aria-describedby={`${id}-help`}
        onInput={(event) => onText(event.currentTarget.value)}
        className={cx(
          'code block w-full resize-y rounded-control border border-control bg-bg p-2 break-all',
          hovered && 'border-accent bg-accent/5',
        )}
      />
      <div className="mt-2 flex items-start gap-3">
        <p id={`${id}-help`} className="flex-1 text-xs text-muted">
          {t('tokens.add.help')}
        </p>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept=".txt,.csv,.json,.har,text/*"
          onChange={(event) => {
            void read(event.target.files);
            event.target.value = '';
          }}
        />
        <Button size="small" onClick={() => picker.current?.click()}>
          <FileUp aria-hidden size={14} />
          {t('tokens.add.file')}
        </Button>
      </div>
      {children}
    </div>
  );
}
