import { useTranslation } from 'react-i18next';
import { CopyField } from '../../components/copy-field.tsx';
import { copyAloud, copyKeyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { speaks, useGateway } from '../../lib/gateway-state.ts';

/** The two values every client asks for; with hints while they are new to the reader. */
export function AccessFields({ hints }: { readonly hints: boolean }) {
  const { t } = useTranslation();
  const gateway = useGateway();
  const { baseUrl, keyEnding } = gateway;
  const url = openAiUrl(baseUrl);
  const anthropicHint = hints && speaks(gateway, 'anthropic-messages');
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <CopyField
        label={t('home.welcome.baseUrl')}
        value={url}
        copyLabel={t('copy.url')}
        copy={() => copyAloud(url, t('copy.urlDone'))}
        {...(anthropicHint && { hint: t('home.welcome.anthropicHint', { url: baseUrl }) })}
      />
      {keyEnding !== null && (
        <CopyField
          label={t('home.welcome.key')}
          value={`••••••••••••${keyEnding}`}
          copyLabel={t('copy.key')}
          copy={copyKeyAloud}
          {...(hints && { hint: t('home.welcome.keyHint') })}
        />
      )}
    </div>
  );
}
