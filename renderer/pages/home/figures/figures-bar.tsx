import { Pause, Play, Radio, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { windowNames } from '../../../../shared/figures.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { FilterChips } from '../../../components/filter-chips.tsx';
import { useFormat } from '../../../lib/format.ts';
import { connection } from '../../../lib/live.ts';
import { useStore } from '../../../lib/store.ts';
import { chooseWindow, useFigureWindow } from './use-figures.ts';

interface FiguresBarProps {
  readonly held: boolean;
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
}

function Liveness({ held }: { readonly held: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { live, since } = useStore(connection);
  if (!live)
    return (
      <Chip tone="warning" icon={Unplug}>
        {t('figures.asOf', { time: format.clock(since) })}
      </Chip>
    );
  return (
    <Chip tone={held ? 'neutral' : 'success'} icon={held ? Pause : Radio}>
      {t(held ? 'figures.held' : 'figures.live')}
    </Chip>
  );
}

/** Which span the tiles and charts show, and whether they move with the time. */
export function FiguresBar({ held, paused, setPaused }: FiguresBarProps) {
  const { t } = useTranslation();
  const window = useFigureWindow();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterChips
        label={t('figures.window')}
        value={window}
        options={windowNames.map((name) => ({ value: name, label: t(`figures.windows.${name}`) }))}
        onChange={chooseWindow}
      />
      <span className="ml-auto inline-flex items-center gap-2">
        <Liveness held={held} />
        <Button size="small" intent="ghost" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
          {t('figures.pause')}
        </Button>
      </span>
    </div>
  );
}
