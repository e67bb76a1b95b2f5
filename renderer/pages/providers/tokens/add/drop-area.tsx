import { FileUp, X } from 'lucide-react';
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pasteOf } from '../../../../../shared/paste.ts';
import { maxCharacters as maxFile } from '../../../../../shared/paste/pasted.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import { Button } from '../../../../components/button.tsx';
import { IconButton } from '../../../../components/icon-button.tsx';
import { cx } from '../../../../lib/cx.ts';
import { wordFor } from '../../../../lib/providers.ts';
import { complain } from '../../../../lib/toasts.ts';

/** What one call may carry, see `tokens.add` in the contract. */
const maxCharacters = 8_000_000;
/** What a field is laid out with at once; longer files are named below it instead. */
const mostInField = 100_000;

interface Kept {
  readonly name: string;
  readonly text: string;
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n');

interface DropAreaProps {
  readonly areaRef: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
  readonly provider: ProviderId;
  /** Below the field; files may be dropped there as well. */
  readonly children: ReactNode;
}

/**
 * Takes pasted text and dropped files, long ones without showing them: laying them out would stop the window. Of a recording of the network tab only
 * what may be a token is put in the field: the rest of it never leaves this function.
 */
export function DropArea({ areaRef, onText, provider, children }: DropAreaProps) {
  const { t } = useTranslation();
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [hovered, setHovered] = useState(false);
  const [kept, setKept] = useState<readonly Kept[]>([]);
  const wholeOf = (typed: string, long: readonly Kept[]) => joined([typed, ...long.map(({ text }) => text)]);

  async function take(list: FileList | null) {
    const chosen = [...(list ?? [])];
    if (chosen.some(({ size }) => size > maxFile)) {
      complain(t('tokens.add.fileTooLarge'));
      return;
    }
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: pasteOf(await file.text()) })));
    const field = areaRef.current;
    if (field === null || read.length === 0) return;
    if (read.every(({ text }) => text.trim() === '')) complain(t('tokens.add.nothingIn'));
    const short = read.filter(({ text }) => text.length <= mostInField);
    const typed = joined([field.value, ...short.map(({ text }) => text)]);
    const files = [...kept, ...read.filter(({ text }) => text.length > mostInField)];
    const whole = wholeOf(typed, files);
    if (whole.length > maxCharacters) {
      complain(t('tokens.add.tooLarge'));
      return;
    }
    field.value = typed;
    setKept(files);
    onText(whole);
  }

  function leaveOut(file: Kept) {
    const files = kept.filter((other) => other !== file);
    setKept(files);
    onText(wholeOf(areaRef.current?.value ?? '', files));
    areaRef.current?.focus();
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
        void take(event.dataTransfer.files);
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
        onInput={(event) => onText(wholeOf(event.currentTarget.value, kept))}
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
            void take(event.target.files);
            event.target.value = '';
          }}
        />
        <Button size="small" onClick={() => picker.current?.click()}>
          <FileUp aria-hidden size={14} />
          {t('tokens.add.file')}
        </Button>
      </div>
      {kept.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {kept.map((file, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a file may be dropped twice
            <li key={at} className="flex items-center gap-2 rounded-control border border-line bg-surface px-2">
              <span className="code min-w-0 flex-1 wrap-anywhere">{file.name}</span>
              <IconButton
                label={t('tokens.add.leaveOut', { name: file.name })}
                icon={X}
                onClick={() => leaveOut(file)}
              />
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
