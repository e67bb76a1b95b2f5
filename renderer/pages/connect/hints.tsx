import { KeyRound, Route, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClientHint } from '../../../shared/clients.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { call } from '../../lib/backend.ts';
import { useClientActivity } from '../../lib/clients.ts';
import { copyKeyAloud, openAiUrl } from '../../lib/copy-actions.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { useNow } from '../../lib/now.ts';
import { attempt, say } from '../../lib/toasts.ts';

const shownMs = 5 * 60_000;
const icons = { 'wrong-key': KeyRound, 'unknown-model': TriangleAlert, 'no-v1': Route } as const;

function HintText({ hint: { kind, name, count, ending, sent, model } }: { readonly hint: ClientHint }) {
  const { t } = useTranslation();
  const { baseUrl } = useGateway();
  if (kind === 'no-v1') return t('connect.hints.noV1', { name, url: openAiUrl(baseUrl) });
  if (kind === 'unknown-model') return t('connect.hints.model', { name, model: model ?? '' });
  if (!sent) return t('connect.hints.noKey', { name, count });
  return ending === null
    ? t('connect.hints.wrongKey', { name, count })
    : t('connect.hints.oldKey', { name, count, ending });
}

function HintAction({
  hint: { kind, model, near },
  fallback,
}: {
  readonly hint: ClientHint;
  readonly fallback: string;
}) {
  const { t } = useTranslation();
  if (kind === 'wrong-key')
    return (
      <Button size="small" onClick={() => void copyKeyAloud()}>
        {t('connect.hints.copyKey')}
      </Button>
    );
  if (kind !== 'unknown-model' || model === null) return null;
  const target = near ?? fallback;
  const alias = async () => {
    const done = await attempt(call('clients.alias', { name: model, target }).then(() => true));
    if (done === true) say(t('connect.hints.aliasDone', { name: model, model: target }));
  };
  return (
    <Button size="small" onClick={() => void alias()}>
      {t('connect.hints.alias', { model: target })}
    </Button>
  );
}

/** What clients have done wrong within the last minutes, and what helps. */
export function Hints({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const { data } = useClientActivity();
  const hints = (data?.hints ?? []).filter(({ at }) => at > now - shownMs).slice(0, 4);
  if (hints.length === 0) return null;
  return (
    <section aria-label={t('connect.hints.label')}>
      <ul className="flex flex-col gap-2">
        {hints.map((hint) => (
          <li key={`${hint.kind} ${hint.name} ${hint.ending} ${hint.model}`}>
            <Banner
              tone={hint.kind === 'no-v1' ? 'info' : 'warning'}
              icon={icons[hint.kind]}
              action={<HintAction hint={hint} fallback={model} />}
            >
              <HintText hint={hint} />
            </Banner>
          </li>
        ))}
      </ul>
    </section>
  );
}
