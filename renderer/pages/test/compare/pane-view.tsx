import { X } from 'lucide-react';
import type { RefCallback, UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/icon-button.tsx';
import { providerName } from '../../../lib/provider-name.ts';
import { useTrial } from '../../../lib/trials.ts';
import { AnswerView } from '../answer-view.tsx';
import { WhomFields } from '../choices.tsx';
import { LogLink } from '../stats.tsx';
import { Bars } from './bars.tsx';
import { chooseWhom, fewestPanes, type Pane, removePane } from './panes.ts';

interface PaneViewProps {
  readonly pane: Pane;
  readonly panes: readonly Pane[];
  readonly number: number;
  readonly scroller: RefCallback<HTMLElement>;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
}

/** One model, its answer as it comes, and its figures. */
export function PaneView({ pane, panes, number, scroller, onScroll }: PaneViewProps) {
  const { t } = useTranslation();
  const view = useTrial(pane.trial);
  const row = pane.rows.at(-1);
  const running = view !== null && view.end === null;
  const name = t('test.compare.pane', { number });
  return (
    <section aria-label={name} className="flex min-w-0 flex-col gap-3 rounded-card border border-line p-3">
      <div className="flex items-center gap-2">
        <h2 className="mr-auto font-medium">{name}</h2>
        {row && !running && <LogLink row={row} />}
        {panes.length > fewestPanes && (
          <IconButton icon={X} label={t('test.compare.remove', { number })} onClick={() => removePane(pane.key)} />
        )}
      </div>
      <div className="flex flex-col gap-2">
        <WhomFields value={pane} onChange={(whom) => chooseWhom(pane.key, whom)} />
      </div>
      <section
        ref={scroller}
        onScroll={onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('test.compare.answerOf', { number })}
        aria-busy={running}
        data-testid="pane-answer"
        className="h-72 overflow-y-auto rounded-control bg-surface p-3"
      >
        {view ? (
          <AnswerView view={view} provider={row?.provider ? providerName(row.provider) : undefined} />
        ) : (
          <p className="text-muted">{t('test.compare.nothingYet')}</p>
        )}
      </section>
      <Bars pane={pane} panes={panes} />
    </section>
  );
}
