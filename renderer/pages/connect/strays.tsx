import { Unplug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientPreview, ClientsOverview, StrayPointer } from '../../../shared/clients.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { clientName, clientsChanged } from '../../lib/clients.ts';
import { attempt, say } from '../../lib/toasts.ts';
import { useChoice } from './choice.ts';
import { DiffView } from './diff-view.tsx';

function Stray({ stray, overview }: { readonly stray: StrayPointer; readonly overview: ClientsOverview }) {
  const { t } = useTranslation();
  const [preview, setPreview] = useState<ClientPreview | null>(null);
  const choice = useChoice(stray.client, overview);
  const name = clientName(stray.client);
  const asked = { ...choice, fix: stray.place };
  async function fix(version: string) {
    const done = await attempt(call('clients.apply', { ...asked, version }).then(() => true));
    if (done !== true) return;
    say(t('connect.file.done', { client: name }));
    await clientsChanged();
  }
  return (
    <li className="flex flex-col gap-2">
      <Banner
        tone="warning"
        icon={Unplug}
        action={
          preview === null && (
            <Button size="small" onClick={() => void attempt(call('clients.preview', asked)).then(setPreview)}>
              {t('connect.strays.fix')}
            </Button>
          )
        }
      >
        {t(`connect.strays.${stray.why}`, { client: name, address: stray.address })}{' '}
        <span className="code text-muted wrap-anywhere">{stray.file}</span>
      </Banner>
      {preview !== null && (
        <div className="flex flex-col gap-2 rounded-card border border-line p-3">
          <DiffView preview={preview} />
          <div className="flex gap-2">
            <Button intent="primary" onClick={() => void fix(preview.version)}>
              {t('connect.strays.applyFix')}
            </Button>
            <Button intent="ghost" onClick={() => setPreview(null)}>
              {t('connect.strays.close')}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

/** Clients that are set to an address where nobody answers, or hold a key of the past; each with its fix. */
export function Strays({ overview }: { readonly overview: ClientsOverview }) {
  const { t } = useTranslation();
  if (overview.strays.length === 0) return null;
  return (
    <section aria-label={t('connect.strays.label')}>
      <ul className="flex flex-col gap-2">
        {overview.strays.map((stray) => (
          <Stray key={`${stray.file} ${stray.place} ${stray.why}`} stray={stray} overview={overview} />
        ))}
      </ul>
    </section>
  );
}
