import { useTranslation } from 'react-i18next';
import type { Figures, TokenStrip } from '../../../../shared/figures.ts';
import { healthLooks, type ShownState, shownStates } from './health-looks.ts';
import { stepName } from './times.ts';

interface HealthStripProps {
  readonly strip: TokenStrip;
  readonly name: string;
  readonly figures: Figures;
  readonly hidden: ReadonlySet<string>;
  /** Of the pattern for a state. */
  readonly patternId: (state: ShownState) => string;
}

/** How one token was, step by step. */
export function HealthStrip({ strip, name, figures, hidden, patternId }: HealthStripProps) {
  const { t, i18n } = useTranslation();
  const { cells } = strip;
  const counted = shownStates
    .map((state) => [state, cells.filter((cell) => cell === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${t(`figures.health.${state}`)} ${count}`);
  const width = 100 / cells.length;
  return (
    <svg
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing in the page is no file
      role="img"
      aria-label={`${name}: ${counted.length === 0 ? t('figures.health.idle') : counted.join(', ')}`}
      className="keep-fill block h-4 w-full rounded-xs bg-surface"
    >
      <line x1="0" x2="100%" y1="8" y2="8" stroke="var(--color-line)" strokeWidth="2" />
      {cells.map((state, at) => {
        if (state === 'idle' || hidden.has(state)) return null;
        const { colour, fill } = healthLooks[state];
        const from = figures.stripFrom + at * figures.stripMs;
        return (
          <rect
            key={from}
            x={`${(at * width).toFixed(3)}%`}
            width={`${(width * 0.92).toFixed(3)}%`}
            height="100%"
            fill={fill === 'solid' ? `var(--${colour})` : `url(#${patternId(state)})`}
          >
            <title>{`${stepName(i18n.language, figures.window, from)} ${t(`figures.health.${state}`)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
