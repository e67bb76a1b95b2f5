import { Link } from '@tanstack/react-router';
import { CircleAlert, KeyRound, ShieldAlert, Timer, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../components/banner.tsx';
import { errorText } from '../../lib/error-text.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { wordFor } from '../../lib/providers.ts';
import { type Concern, useConcerns } from './concerns.ts';

const icons = {
  'not-running': CircleAlert,
  'needs-token': KeyRound,
  cooling: Timer,
  problem: TriangleAlert,
  plain: ShieldAlert,
} as const;

function ConcernText({ concern }: { readonly concern: Concern }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  switch (concern.kind) {
    case 'not-running':
      return concern.portInUse === null ? (
        <>
          {t('home.attention.notRunning')} <span lang="en">{concern.message}</span>
        </>
      ) : (
        t('home.attention.portInUse', { port: String(concern.portInUse) })
      );
    case 'needs-token':
      return t('home.attention.needsToken', { provider: concern.name, ...wordFor(concern.provider) });
    case 'cooling':
      return concern.until === null || concern.until <= now
        ? t('home.attention.coolingSoon', { provider: concern.name })
        : t('home.attention.cooling', { provider: concern.name, time: format.countdown(concern.until - now) });
    case 'problem': {
      const known = errorText(concern.code, concern.name);
      return known === null ? (
        <span lang="en">{concern.message}</span>
      ) : (
        <>
          {known.title} <span className="text-muted">{known.hint}</span>
        </>
      );
    }
    case 'plain':
      return t('home.attention.plain');
    // no default
  }
}

/** What a person should do something about; nothing at all while all is well. */
export function Attention() {
  const { t } = useTranslation();
  const concerns = useConcerns();
  if (concerns.length === 0) return null;
  return (
    <section aria-label={t('home.attention.label')}>
      <ul className="flex flex-col gap-2">
        {concerns.map((concern) => (
          <li key={`${concern.kind}-${'provider' in concern ? concern.provider : ''}`}>
            <Banner
              tone={concern.kind === 'not-running' ? 'danger' : 'warning'}
              icon={icons[concern.kind]}
              action={
                'provider' in concern && (
                  <Link
                    to="/providers/$providerId"
                    params={{ providerId: concern.provider }}
                    className="inline-flex h-7 items-center rounded-control px-2 font-medium whitespace-nowrap text-accent hover:underline"
                  >
                    {concern.kind === 'needs-token'
                      ? t('home.attention.addToken', wordFor(concern.provider))
                      : t('home.attention.review')}
                  </Link>
                )
              }
            >
              <ConcernText concern={concern} />
            </Banner>
          </li>
        ))}
      </ul>
    </section>
  );
}
