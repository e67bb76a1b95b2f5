import { useTranslation } from 'react-i18next';
import { LongText } from './long-text.tsx';
import type { Turn, TurnPart } from './messages.ts';

function PartOfTurn({ part }: { readonly part: TurnPart }) {
  const { t } = useTranslation();
  const label = t(`logs.parts.${part.kind}`);
  return (
    <div>
      {part.kind !== 'text' && <p className="text-xs text-muted">{label}</p>}
      <LongText text={part.text} label={label} plain />
    </div>
  );
}

/** A conversation as it was sent, turn by turn. */
export function Conversation({ turns }: { readonly turns: readonly Turn[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {turns.map((turn, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- turns never change their places
        <li key={index} className="rounded-card border border-line p-2">
          <p className="mb-1 text-xs font-medium text-accent">{turn.role}</p>
          <div className="flex flex-col gap-2">
            {turn.parts.map((part, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- nor do their parts
              <PartOfTurn key={at} part={part} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
