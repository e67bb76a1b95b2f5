import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visibleText } from '../../../../lib/visible-text.ts';

const atOnce = 100;
const longText = 300;

function Leaf({ value }: { readonly value: unknown }) {
  const [whole, setWhole] = useState(false);
  const { t } = useTranslation();
  if (typeof value !== 'string') return <span className="text-info">{JSON.stringify(value)}</span>;
  const cut = !whole && value.length > longText;
  const text = visibleText(cut ? value.slice(0, longText) : value.slice(0, 20_000));
  return (
    <span className="text-success wrap-anywhere whitespace-pre-wrap">
      {`"${text}"`}
      {cut && (
        <button type="button" className="ml-1 text-accent underline" onClick={() => setWhole(true)}>
          {t('logs.bodies.more', { count: value.length - longText })}
        </button>
      )}
    </span>
  );
}

interface NodeProps {
  readonly name: string | null;
  readonly value: unknown;
  readonly depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(atOnce);
  const label = name === null ? '' : `${name}: `;
  if (typeof value !== 'object' || value === null) {
    return (
      <li className="pl-5">
        <span className="text-muted">{label}</span>
        <Leaf value={value} />
      </li>
    );
  }
  const entries = Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-6 items-center gap-1 rounded-control hover:bg-hover"
      >
        <Icon aria-hidden size={14} className="shrink-0 text-muted" />
        <span className="text-muted">{label}</span>
        <span>{size}</span>
      </button>
      {open && (
        <ul className="ml-2 border-l border-line pl-1">
          {entries.slice(0, shown).map(([key, part]) => (
            <Node key={key} name={key} value={part} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <li className="pl-5">
              <button
                type="button"
                className="min-h-6 text-accent underline"
                onClick={() => setShown(shown + atOnce * 10)}
              >
                {t('logs.bodies.more', { count: entries.length - shown })}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** JSON to look around in; what is folded is not in the page. */
export function JsonTree({ value }: { readonly value: unknown }) {
  return (
    <ul className="code rounded-control border border-line bg-surface p-2">
      <Node name={null} value={value} depth={0} />
    </ul>
  );
}
