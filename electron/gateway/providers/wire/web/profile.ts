/**
 * The browser Traygate introduces itself as. There is one profile for everything a provider sends: the
 * same user agent, client hints and screen in the token check, the upload and the completion.
 */
export interface Profile {
  readonly userAgent: string;
  readonly browserName: string;
  readonly osName: string;
  /** `sec-ch-ua` headers. */
  readonly hints: { readonly brands: string; readonly mobile: string; readonly platform: string };
  readonly screen: { readonly width: number; readonly height: number };
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorDepth: number;
  readonly pixelRatio: number;
  readonly touchPoints: number;
  /** Of the page. */
  readonly title: string;
}

const chromeMajor = 141;

const systems: Partial<Record<NodeJS.Platform, { agent: string; name: string; hint: string }>> = {
  win32: { agent: 'Windows NT 10.0; Win64; x64', name: 'Windows', hint: '"Windows"' },
  darwin: { agent: 'Macintosh; Intel Mac OS X 10_15_7', name: 'macOS', hint: '"macOS"' },
};

/** A current Chrome on the system Traygate runs on. */
export function createProfile(title: string, platform: NodeJS.Platform = process.platform): Profile {
  const system = systems[platform] ?? { agent: 'X11; Linux x86_64', name: 'Linux', hint: '"Linux"' };
  return {
    userAgent: `Mozilla/5.0 (${system.agent}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chromeMajor}.0.0.0 Safari/537.36`,
    browserName: 'Chrome',
    osName: system.name,
    hints: {
      brands: `"Not_A Brand";v="8", "Chromium";v="${chromeMajor}", "Google Chrome";v="${chromeMajor}"`,
      mobile: '?0',
      platform: system.hint,
    },
    screen: { width: 1920, height: 1080 },
    viewport: { width: 1920, height: 969 },
    colorDepth: 24,
    pixelRatio: 1,
    touchPoints: 0,
    title,
  };
}

/** `zh-CN` → `zh-CN,zh;q=0.9,en;q=0.8`, as Chrome writes it. */
export function acceptLanguage(locale: string): string {
  const base = locale.split('-', 1)[0] ?? locale;
  const languages = base === locale ? [locale] : [locale, `${base};q=0.9`];
  return [...languages, ...(base === 'en' ? [] : ['en;q=0.8'])].join(',');
}
