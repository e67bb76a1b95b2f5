/** What a test may change while the simulator runs. */
export interface ZaiSettings {
  /** Versions named in the landing page; the second is newer, but not for one who compares text. */
  frontendVersions: readonly string[];
  /** Oldest accepted client version. */
  minimumVersion: string;
  /** How an outdated client is told. */
  outdated: '405' | '426' | 'inband' | 'off';
  landing: 'normal' | 'error' | 'hang';
  /** The identity route: `failing` 500, `blocked` the 405 page of the firewall. */
  auths: 'normal' | 'failing' | 'blocked' | 'hang';
  /** Milliseconds before the identity route answers. */
  authsDelay: number;
  /** Who has to show a captcha attestation. */
  captcha: 'off' | 'guests' | 'all';
  /** Parallel completions per identity before 429. */
  concurrency: number;
  /** The site's clock runs this much ahead, in the `Date` header as well. */
  clockOffset: number;
  signature: boolean;
  /** Models that answer only inside a chat created before. */
  storedChatModels: readonly string[];
  /** Replaces the catalogue; any JSON. */
  models: unknown;
  uploads: 'normal' | 'failing';
}

export function defaultSettings(): ZaiSettings {
  return {
    frontendVersions: ['1.0.99', '1.0.107'],
    minimumVersion: '1.0.100',
    outdated: '405',
    landing: 'normal',
    auths: 'normal',
    authsDelay: 0,
    captcha: 'off',
    concurrency: 8,
    clockOffset: 0,
    signature: true,
    storedChatModels: ['glm-4.7', 'glm-4.6v'],
    models: undefined,
    uploads: 'normal',
  };
}

/** The firewall's page, as sent for old clients and odd requests. */
export const firewallPage =
  '<!doctypehtml><html lang="zh-cn"><title>405</title><body>Sorry, your request has been blocked.</body></html>';

const parts = (version: string) => version.split('.').map(Number);

/** Whether an `X-FE-Version` header is at least `minimum`; a missing one never is. */
export function isCurrent(header: string | undefined, minimum: string): boolean {
  const found = /^prod-fe-(\d+\.\d+\.\d+)$/.exec(header ?? '')?.[1];
  if (!found) return false;
  const [have, need] = [parts(found), parts(minimum)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (have[at] ?? 0) - (need[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
