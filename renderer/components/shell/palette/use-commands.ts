import { useNavigate } from '@tanstack/react-router';
import {
  Activity, CircleHelp, Copy, FlaskConical, KeyRound, Moon, Play, Plus, Settings2, ShieldCheck, Sparkles, Square, Sun, Trash2, UserRound,
} from 'lucide-react'; // prettier-ignore
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../../shared/exchange.ts';
import type { ModelInfo } from '../../../../shared/model.ts';
import type { ProviderState } from '../../../../shared/state.ts';
import type { Token } from '../../../../shared/token.ts';
import type { en } from '../../../i18n/en/index.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { setAppearance } from '../../../lib/appearance.ts';
import { call } from '../../../lib/backend.ts';
import { copyBaseUrlAloud, copyKeyAloud } from '../../../lib/copy-actions.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { openHelp } from '../../../lib/help.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { attempt } from '../../../lib/toasts.ts';
import { findFields } from '../../../pages/settings/fields/search.ts';
import { seek } from '../../../pages/settings/sought.ts';
import { pageLinks } from '../pages.ts';
import { checkAllTokens } from './check-all-tokens.ts';
import type { Command } from './command.ts';

const bothNames = (key: 'home' | 'connect' | 'providers' | 'logs' | 'test' | 'settings'): string =>
  (['en', 'zh-CN'] as const).map((language) => i18n.getFixedT(language)(`rail.${key}`)).join(' ');

type Name = Exclude<keyof typeof en.palette.actions, 'guestsOn' | 'guestsOff'>;

export function usePageCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return pageLinks.map(({ id, to, icon }) => ({
    id: `page/${id}`,
    group: 'pages',
    label: t(`rail.${id}`),
    words: bothNames(id),
    icon,
    run: () => void navigate({ to }),
  }));
}

export function useActionCommands({ onClearLogs }: { readonly onClearLogs: () => void }): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { locked, providers, shell, status } = useGateway();
  const action = (name: Name, icon: Command['icon'], run: () => unknown, barred?: string): Command => ({
    id: `action/${name}`,
    group: 'actions',
    label: t(`palette.actions.${name}`),
    words: (['en', 'zh-CN'] as const).map((one) => i18n.getFixedT(one)(`palette.actions.${name}`)).join(' '),
    icon,
    ...(barred !== undefined && { barred }),
    run: () => void run(),
  });
  const guests = ({ id, guestMode }: ProviderState): Command => {
    const fixedBy = locked[`providers.${id}.guestMode`];
    return {
      id: `action/guests/${id}`,
      group: 'actions',
      label: t(guestMode ? 'palette.actions.guestsOff' : 'palette.actions.guestsOn', { provider: providerName(id) }),
      words: 'guest anonymous 访客 匿名',
      icon: UserRound,
      ...(fixedBy !== undefined && { barred: t('common.setBy', { name: fixedBy }) }),
      run: () => void attempt(call('provider.guestMode', { provider: id, enabled: !guestMode })),
    };
  };
  const themeBarred = locked['ui.theme'] === undefined ? undefined : t('common.setBy', { name: locked['ui.theme'] });
  return [
    status === 'stopped' || status === 'error'
      ? action('start', Play, () => attempt(call('gateway.start', null)))
      : action(
          'stop',
          Square,
          () => attempt(call('gateway.stop', { now: false })),
          shell === 'headless' ? t('header.stopElsewhere') : undefined,
        ),
    action('copyUrl', Copy, copyBaseUrlAloud),
    action('copyKey', KeyRound, copyKeyAloud),
    action('addTokens', Plus, () => navigate({ to: '/providers' })),
    action('checkTokens', ShieldCheck, () => checkAllTokens(providers)),
    ...providers.filter(({ hasGuests, enabled }) => hasGuests && enabled).map(guests),
    action('clearLogs', Trash2, onClearLogs),
    action('light', Sun, () => attempt(setAppearance({ theme: 'light' })), themeBarred),
    action('dark', Moon, () => attempt(setAppearance({ theme: 'dark' })), themeBarred),
    action('help', CircleHelp, openHelp),
  ];
}

/** Settings by name in either language, as on their page. */
export function useSettingCommands(typed: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return findFields(typed).map((field) => ({
    id: `setting/${field.id}`,
    group: 'settings',
    label: t(`settingFields.${field.id}.label`),
    note: t(`settings.sections.${field.section}`),
    icon: Settings2,
    run: () => {
      void navigate({ to: '/settings/$section', params: { section: field.section } });
      seek(field.id);
    },
  }));
}

export function useModelCommands(models: readonly ModelInfo[]): Command[] {
  const navigate = useNavigate();
  return models.map(({ id, provider, test }) => ({
    id: `model/${provider}/${id}`,
    group: 'models',
    label: id,
    note: providerName(provider),
    icon: test ? FlaskConical : Sparkles,
    run: () =>
      void navigate({ to: '/providers/$providerId', params: { providerId: provider }, search: { tab: 'models' } }),
  }));
}

export function useTokenCommands(tokens: readonly Token[]): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return tokens.map(({ id, alias, fingerprint, provider, state, failures }) => ({
    id: `token/${id}`,
    group: 'tokens',
    label: alias,
    note: `${providerName(provider)} · ${t(`tokens.states.${state}`, { count: failures })}`,
    words: fingerprint,
    icon: KeyRound,
    run: () =>
      void navigate({ to: '/providers/$providerId', params: { providerId: provider }, search: { tab: 'tokens' } }),
  }));
}

export function useRequestCommands(exchanges: readonly Exchange[]): Command[] {
  const navigate = useNavigate();
  return exchanges.map(({ id, model }) => ({
    id: `request/${id}`,
    group: 'requests',
    label: id,
    note: model,
    icon: Activity,
    run: () => void navigate({ to: '/logs/$exchangeId', params: { exchangeId: id } }),
  }));
}
