import { useState } from 'react';
import { tuneTokens } from './token-actions.ts';
import type { Token } from '../../../../shared/token.ts';

interface TuneFieldProps {
  readonly token: Token;
  readonly what: 'weight' | 'priority';
  readonly label: string;
}

const most = { weight: 100, priority: 9 } as const;

/** A number that counts when it is left or Enter is pressed; Escape takes it back. */
export function TuneField({ token, what, label }: TuneFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    const value = Math.round(Number(typed));
    setTyped(null);
    if (typed !== null && value >= 1 && value <= most[what] && value !== token[what])
      void tuneTokens(token.provider, [token], { [what]: value });
  };
  return (
    <input
      type="number"
      min={1}
      max={most[what]}
      aria-label={label}
      className="h-7 w-16 rounded-control border border-control bg-bg px-2 text-right"
      value={typed ?? String(token[what])}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
