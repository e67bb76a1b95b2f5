import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/copy-button.tsx';
import { copyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { isHealthy } from '../../lib/providers.ts';

/** A model that will answer right now; the built-in echo always does. */
function useExampleModel(): string {
  const ready = useGateway().providers.find((provider) => provider.id !== 'local' && isHealthy(provider));
  return ready?.exampleModel ?? 'local/echo';
}

export function CurlExample() {
  const { t } = useTranslation();
  const { baseUrl, keyRequired } = useGateway();
  const model = useExampleModel();
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
  const command = [
    `curl ${openAiUrl(baseUrl)}/chat/completions`,
    ...(keyRequired ? ['-H "Authorization: Bearer $TRAYGATE_KEY"'] : []),
    '-H "Content-Type: application/json"',
    `-d '${body}'`,
  ].join(' \\\n  ');
  return (
    <figure>
      <figcaption className="mb-1 flex items-end justify-between text-xs text-muted">
        {t(keyRequired ? 'home.curl.captionKey' : 'home.curl.caption')}
        <CopyButton label={t('home.curl.copy')} copy={() => copyAloud(command, t('home.curl.done'))} />
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0} className="code overflow-x-auto rounded-control border border-line bg-bg p-3 leading-normal">
        {command}
      </pre>
    </figure>
  );
}
