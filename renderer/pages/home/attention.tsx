import { Link } from '@tanstack/react-router';
import { CircleAlert, Clock, KeyRound, LockOpen, Plug, ShieldAlert, Timer, TriangleAlert, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../shared/figures.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { errorText } from '../../lib/error-text.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { wordFor } from '../../lib/providers.ts';
import { type Concern, useConcerns } from './concerns.ts';
import { PortActions } from './port-actions.tsx';
import { ownerText } from './port-owner.ts';

const icons = {
  'not-running': CircleAlert,
  'port-taken': CircleAlert,
  'port-changed': Plug,
  stranger: Plug,
  'needs-token': KeyRound,
  rejected: KeyRound,
  cooling: Timer,
  problem: TriangleAlert,
  guessing: ShieldAlert,
  replicas: Unplug,
  clock: Clock,
  'plain-connection': LockOpen,
  plain: ShieldAlert,
} as const;

function ConcernText({ concern }: { readonly concern: Concern }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  switch (concern.kind) {
    case 'not-running':
      return (
        <>
          {t('home.attention.notRunning')} <span lang="en">{concern.message}</span>
        </>
      );
    case 'port-taken':
    case 'port-changed': {
      const { port, owner, next } = concern.taken;
      const values = { port: String(port), next: String(next), owner: ownerText(t, owner) };
      return t(concern.kind === 'port-taken' ? 'home.attention.portTaken' : 'home.attention.portChanged', values);
    }
    case 'stranger':
      return t('home.attention.stranger', {
        address: concern.stranger.address,
        owner: ownerText(t, concern.stranger.owner),
      });
    case 'needs-token':
      return t('home.attention.needsToken', { provider: concern.name, ...wordFor(concern.provider) });
    case 'rejected':
      return t('home.attention.rejected', { provider: concern.name, count: concern.count });
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
    case 'guessing':
      return /^(127\.|::1$)/.test(concern.address)
        ? t('home.attention.wrongKeyHere', { wrong: concern.wrong })
        : t('home.attention.wrongKey', { address: concern.address, wrong: concern.wrong });
    case 'replicas':
      return t('home.attention.replicas', { error: concern.error });
    case 'clock': {
      const { host, seconds } = concern.off;
      const values = { host, time: format.countdown(Math.abs(seconds) * 1000) };
      return t(seconds > 0 ? 'home.attention.clockAhead' : 'home.attention.clockBehind', values);
    }
    case 'plain-connection':
      return t('signIn.plain');
    case 'plain':
      return t('home.attention.plain');
    // no default
  }
}

function ConcernAction({ concern }: { readonly concern: Concern }) {
  const { t } = useTranslation();
  if (concern.kind === 'port-taken') return <PortActions taken={concern.taken} />;
  if (!('provider' in concern)) return null;
  return (
    <Link
      to="/providers/$providerId"
      params={{ providerId: concern.provider }}
      className="inline-flex h-7 items-center rounded-control px-2 font-medium whitespace-nowrap text-accent hover:underline"
    >
      {concern.kind === 'needs-token'
        ? t('home.attention.addToken', wordFor(concern.provider))
        : t('home.attention.review')}
    </Link>
  );
}

/** More would push everything else out of sight. */
const most = 4;

/** What a person should do something about; nothing at all while all is well. */
export function Attention({ rejected }: { readonly rejected: Figures['rejected'] }) {
  const { t } = useTranslation();
  const concerns = useConcerns(rejected);
  const [all, setAll] = useState(false);
  if (concerns.length === 0) return null;
  const more = concerns.length - most;
  return (
    <section aria-label={t('home.attention.label')}>
      <ul className="flex flex-col gap-2">
        {concerns.slice(0, all ? undefined : most).map((concern) => (
          <li key={`${concern.kind}-${'provider' in concern ? concern.provider : ''}`}>
            <Banner
              tone={concern.kind === 'not-running' || concern.kind === 'port-taken' ? 'danger' : 'warning'}
              icon={icons[concern.kind]}
              action={<ConcernAction concern={concern} />}
            >
              <ConcernText concern={concern} />
            </Banner>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button size="small" intent="ghost" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('home.attention.fewer') : t('home.attention.more', { count: more })}
        </Button>
      )}
    </section>
  );
}
