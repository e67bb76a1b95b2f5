import type { en } from '../../../i18n/en/index.ts';
import type { SectionId } from '../sections.ts';

export type FieldId = keyof typeof en.settingFields;
export type ChoiceId = keyof typeof en.settingChoices;
export type UnitId = keyof typeof en.settings.units;

type Control =
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly unit?: UnitId;
      /** May be left empty, which is null. */
      readonly empty?: true;
    }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly ChoiceId[] }
  | { readonly kind: 'text' }
  /** One entry per line. */
  | { readonly kind: 'lines' }
  /** Has a component of its own. */
  | { readonly kind: 'own' };

export interface Field {
  readonly id: FieldId;
  readonly section: SectionId;
  readonly control: Control;
  readonly effect?: 'afterRestart' | 'keptAlive';
  /** Of the desktop alone: elsewhere it is shown, and why it cannot be changed. */
  readonly desktop?: true;
}

const number = (min: number, max: number, unit?: UnitId): Control => ({
  kind: 'number',
  min,
  max,
  ...(unit && { unit }),
});
const choice = (...choices: ChoiceId[]): Control => ({ kind: 'choice', choices });
const flag: Control = { kind: 'switch' };
const lines: Control = { kind: 'lines' };
const own: Control = { kind: 'own' };

/** Every setting that this page offers, in the order in which it is shown. What it is called is in the texts. */
export const fields: readonly Field[] = [
  { id: 'server_port', section: 'server', control: own, effect: 'keptAlive' },
  { id: 'server_portBusy', section: 'server', control: choice('ask', 'next', 'fail') },
  { id: 'server_host', section: 'server', control: own, effect: 'keptAlive' },
  { id: 'server_allowedHosts', section: 'server', control: lines },
  { id: 'server_allowedOrigins', section: 'server', control: lines },
  { id: 'server_trustedProxies', section: 'server', control: lines },
  { id: 'server_allowedClients', section: 'server', control: lines },
  { id: 'server_maxRequests', section: 'server', control: number(1, 10_000) },
  { id: 'server_maxMegabytes', section: 'server', control: number(1, 100, 'megabytes') },
  { id: 'pool_queueLength', section: 'server', control: number(0, 1_000) },
  { id: 'pool_queueSeconds', section: 'server', control: number(1, 120, 'seconds') },
  { id: 'server_keyRequired', section: 'keys', control: flag },
  { id: 'ui_theme', section: 'appearance', control: choice('system', 'light', 'dark') },
  { id: 'ui_language', section: 'appearance', control: own },
  { id: 'ui_density', section: 'appearance', control: choice('compact', 'normal', 'comfortable') },
  { id: 'ui_reduceMotion', section: 'appearance', control: choice('system', 'reduceMotion_on', 'reduceMotion_off') },
  { id: 'ui_hours', section: 'appearance', control: choice('hours_auto', 'h23', 'h12') },
  { id: 'ui_checklist', section: 'appearance', control: flag },
  { id: 'ui_selfTest', section: 'appearance', control: flag },
  { id: 'network_proxy', section: 'network', control: own },
  { id: 'network_ipVersion', section: 'network', control: choice('ipVersion_auto', 'ipv4', 'ipv6') },
  { id: 'network_caFile', section: 'network', control: own },
  { id: 'network_connectSeconds', section: 'network', control: number(1, 60, 'seconds') },
  {
    id: 'network_firstByteSeconds',
    section: 'network',
    control: { kind: 'number', min: 1, max: 600, unit: 'seconds', empty: true },
  },
  {
    id: 'network_idleSeconds',
    section: 'network',
    control: { kind: 'number', min: 1, max: 600, unit: 'seconds', empty: true },
  },
  { id: 'network_answerSeconds', section: 'network', control: number(0, 7_200, 'seconds') },
  { id: 'retry_attempts', section: 'retry', control: number(1, 5) },
  { id: 'retry_budgetPercent', section: 'retry', control: number(0, 50, 'percent') },
  { id: 'retry_cooldownSeconds', section: 'retry', control: number(5, 300, 'seconds') },
  { id: 'retry_cooldownMinutes', section: 'retry', control: number(1, 120, 'minutes') },
  { id: 'pool_failureThreshold', section: 'retry', control: number(1, 100) },
  { id: 'pool_recoverySeconds', section: 'retry', control: number(1, 86_400, 'seconds') },
  { id: 'pool_strategy', section: 'retry', control: choice('round-robin', 'least-in-flight', 'weighted', 'priority') },
  { id: 'pool_sticky', section: 'retry', control: flag },
  { id: 'pool_concurrency', section: 'retry', control: number(0, 1_000) },
  { id: 'behaviour_thinking', section: 'behaviour', control: own },
  { id: 'behaviour_tools', section: 'behaviour', control: flag },
  { id: 'behaviour_toolMode', section: 'behaviour', control: choice('auto', 'native', 'injected') },
  { id: 'models_aliases', section: 'behaviour', control: own },
  { id: 'models_defaultAliases', section: 'behaviour', control: flag },
  { id: 'logs_keep', section: 'logs', control: number(100, 200_000) },
  { id: 'logs_keepDays', section: 'logs', control: number(1, 3_650, 'days') },
  { id: 'logs_keepMegabytes', section: 'logs', control: number(10, 10_000, 'megabytes') },
  { id: 'logs_bodies', section: 'logs', control: choice('off', 'memory', 'errors', 'all') },
  { id: 'logs_bodyKilobytes', section: 'logs', control: number(16, 8_192, 'kilobytes') },
  { id: 'logs_bodyMegabytes', section: 'logs', control: number(1, 10_000, 'megabytes') },
  { id: 'logs_redact', section: 'logs', control: lines },
  { id: 'logs_debug', section: 'logs', control: flag, effect: 'afterRestart' },
  { id: 'ui_singleKeys', section: 'keyboard', control: flag },
  { id: 'server_remoteAdmin', section: 'remote', control: flag },
  { id: 'server_sessionHours', section: 'remote', control: number(1, 720, 'hours') },
  { id: 'desktop_startAtLogin', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_closeButton', section: 'desktop', control: choice('hide', 'quit'), desktop: true },
  { id: 'desktop_lightweight', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_updates', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyStopped', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyProvider', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyToken', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyEnding', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyWrongKeys', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyUpdate', section: 'desktop', control: flag, desktop: true },
  { id: 'desktop_notifyErrors', section: 'desktop', control: flag, desktop: true },
];

/** `ipVersion_auto` is the value `auto` where its words are not those of other settings. */
export const valueOf = (id: ChoiceId): string => id.replace(/^.*_/u, '');

/** `server_port` stands for `server.port`: in the texts a dot would be a level of its own. */
export const pathOf = (id: FieldId): string => id.replace('_', '.');
export const fieldAt = (path: string): Field | undefined => fields.find(({ id }) => pathOf(id) === path);
