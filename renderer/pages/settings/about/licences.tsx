import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { call } from '../../../lib/backend.ts';
import { attempt } from '../../../lib/toasts.ts';
import { LongText } from './long-text.tsx';

/** Under which licences Traygate and what it is made with may be used. */
export function Licences() {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const show = async () => {
    const found = await attempt(call('about.licences'));
    if (found) setText(found.text ?? t('settings.about.licencesNone'));
  };
  return (
    <section aria-labelledby="licences">
      <h3 id="licences" className="font-medium">
        {t('settings.about.licences')}
      </h3>
      <p className="text-muted">{t('settings.about.licencesHelp')}</p>
      <div className="my-2">
        <Button onClick={() => void show()}>{t('settings.about.licencesShow')}</Button>
      </div>
      {text !== null && <LongText label={t('settings.about.licences')} text={text} />}
    </section>
  );
}
