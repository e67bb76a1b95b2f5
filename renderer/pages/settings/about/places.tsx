import { useTranslation } from 'react-i18next';
import { placeIds } from '../../../../shared/about.ts';
import type { Output } from '../../../../shared/contract.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { call } from '../../../lib/backend.ts';
import { copyText } from '../../../lib/clipboard.ts';
import { attempt } from '../../../lib/toasts.ts';

/** Where Traygate keeps its files: to copy, and to be shown where there is a desktop. */
export function Places({ places, canShow }: Pick<Output<'about.get'>, 'places' | 'canShow'>) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="places">
      <h3 id="places" className="font-medium">
        {t('settings.about.places')}
      </h3>
      {!canShow && <p className="text-muted">{t('settings.about.placesAway')}</p>}
      <ul>
        {placeIds.map((place) => {
          const name = t(`settings.about.placeNames.${place}`);
          return (
            <li key={place} className="flex flex-wrap items-center gap-x-2 border-b border-line py-1">
              <span className="w-32 shrink-0 text-muted">{name}</span>
              <span className="code min-w-40 flex-1 wrap-anywhere">{places[place]}</span>
              <CopyButton label={t('settings.about.copyPath', { name })} copy={() => copyText(places[place])} />
              {canShow && (
                <Button
                  size="small"
                  aria-label={t('settings.about.showPath', { name })}
                  onClick={() => void attempt(call('about.show', { place }))}
                >
                  {t('settings.about.show')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
