import { useNavigate, useRouter } from '@tanstack/react-router';
import { Repeat } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import { Button } from '../../../components/button.tsx';
import { Popover } from '../../../components/popover.tsx';
import { useGateway } from '../../../lib/gateway-state.ts';
import { useHotkey } from '../../../lib/hotkeys.ts';
import { newestRows } from '../list/use-log-view.ts';
import { replay } from './replay.ts';

const mostModels = 100;

function knownModels(examples: readonly (string | null)[]): string[] {
  const models = new Set(examples.filter((model) => model !== null));
  for (const { model, resolvedModel } of newestRows()) {
    models.add(resolvedModel ?? model);
    if (models.size >= mostModels) break;
  }
  return [...models].toSorted();
}

interface ReplayMenuProps {
  readonly exchange: Exchange;
  readonly onOpen: (id: string) => void;
}

/** Sends it again: as it was, to another model, or after it was edited on the Test page. */
export function ReplayMenu({ exchange, onOpen }: ReplayMenuProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { routesByPath } = useRouter();
  const { providers } = useGateway();
  const [model, setModel] = useState('');
  const list = useId();
  useHotkey({ code: 'KeyR', browserOwned: true }, () => void replay(exchange, onOpen));
  return (
    <Popover
      title={t('logs.replay.title')}
      trigger={
        <Button size="small">
          <Repeat aria-hidden size={14} />
          {t('logs.replay.title')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Button intent="primary" onClick={() => void replay(exchange, onOpen)}>
          {t('logs.replay.asItWas')}
        </Button>
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (model.trim() !== '') void replay(exchange, onOpen, model.trim());
          }}
        >
          <label className="flex min-w-0 flex-1 flex-col gap-1">
            <span className="text-muted">{t('logs.replay.otherModel')}</span>
            <input
              value={model}
              list={list}
              spellCheck={false}
              onChange={(event) => setModel(event.target.value)}
              className="h-8 w-full rounded-control border border-control bg-bg px-2"
            />
            <datalist id={list}>
              {knownModels(providers.map(({ exampleModel }) => exampleModel)).map((known) => (
                <option key={known} value={known}>
                  {known}
                </option>
              ))}
            </datalist>
          </label>
          <Button type="submit" disabled={model.trim() === ''}>
            {t('logs.replay.send')}
          </Button>
        </form>
        {Object.hasOwn(routesByPath, '/test') && (
          <Button onClick={() => void navigate({ href: `/test?from=${encodeURIComponent(exchange.id)}` })}>
            {t('logs.replay.edit')}
          </Button>
        )}
        <p className="text-xs text-muted">{t('logs.replay.note')}</p>
      </div>
    </Popover>
  );
}
