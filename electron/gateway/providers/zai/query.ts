import { localTime } from '../wire/web/local-time.ts';
import type { Setup } from './options.ts';

/** The URL query of a completion (README: Query, headers, bodies). Its order is the page's. */

export interface QueryFacts {
  readonly requestId: string;
  readonly now: number;
  readonly userId: string;
  readonly token: string;
  readonly chatId: string;
}

type Pairs = [string, string][];

export function basicQuery({ baseUrl }: Setup, { requestId, now, userId, token, chatId }: QueryFacts): Pairs {
  return [
    ['requestId', requestId],
    ['timestamp', String(now)],
    ['user_id', userId],
    ['token', token],
    ['version', '0.0.1'],
    ['platform', 'web'],
    ['current_url', `${baseUrl}/c/${chatId}`],
    ['pathname', `/c/${chatId}`],
    ['signature_timestamp', String(now)],
  ];
}

/** The set for stored chats, which also describes the browser. */
export function browserQuery(setup: Setup, { requestId, now, userId, token, chatId }: QueryFacts): Pairs {
  const { profile, baseUrl } = setup;
  const { screen, viewport } = profile;
  const site = new URL(baseUrl);
  const zone = setup.timezone();
  const language = setup.locale();
  return [
    ['requestId', requestId],
    ['timestamp', String(now)],
    ['user_id', userId],
    ['version', '0.0.1'],
    ['platform', 'web'],
    ['token', token],
    ['user_agent', profile.userAgent],
    ['language', language],
    ['languages', language],
    ['timezone', zone],
    ['cookie_enabled', 'true'],
    ['screen_width', String(screen.width)],
    ['screen_height', String(screen.height)],
    ['screen_resolution', `${screen.width}x${screen.height}`],
    ['viewport_height', String(viewport.height)],
    ['viewport_width', String(viewport.width)],
    ['viewport_size', `${viewport.width}x${viewport.height}`],
    ['color_depth', String(profile.colorDepth)],
    ['pixel_ratio', String(profile.pixelRatio)],
    ['current_url', `${baseUrl}/c/${chatId}`],
    ['pathname', `/c/${chatId}`],
    ['search', ''],
    ['hash', ''],
    ['host', site.host],
    ['hostname', site.hostname],
    ['protocol', site.protocol],
    ['referrer', ''],
    ['title', profile.title],
    ['timezone_offset', String(localTime(now, zone).offset)],
    ['local_time', new Date(now).toISOString()],
    ['utc_time', new Date(now).toUTCString()],
    ['is_mobile', 'false'],
    ['is_touch', 'false'],
    ['max_touch_points', String(profile.touchPoints)],
    ['browser_name', profile.browserName],
    ['os_name', profile.osName],
    ['signature_timestamp', String(now)],
  ];
}
