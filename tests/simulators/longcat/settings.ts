/** What a test may change while the simulator runs. */
export interface LongCatSettings {
  /** The completion paths the site has. */
  generations: readonly ('v1' | 'v2')[];
  /** The HTTP status that says nobody is signed in; the body says it in any case. */
  signedOutStatus: 200 | 401;
  /** How `session-create` answers: `html` a page, `coded` a code and no session, `nameless` a success without an id. */
  create: 'normal' | 'html' | 'coded' | 'nameless' | 'failing' | 'hang';
  /** So many sessions are still refused as asked for too fast. */
  throttledCreates: number;
  /** Milliseconds that must lie between two sessions of one account. */
  createGap: number;
  /** Milliseconds before a session is named. */
  createDelay: number;
  delete: 'normal' | 'failing' | 'hang';
  /** `user-current`. */
  current: 'normal' | 'failing' | 'html' | 'vague' | 'hang';
  /** Who has to sign requests as the page does: guests, or everybody. */
  guard: 'off' | 'guests' | 'all';
  /** Completions of one account at once before it is too fast. */
  concurrency: number;
}

export const defaultSettings = (): LongCatSettings => ({
  generations: ['v1', 'v2'],
  signedOutStatus: 200,
  create: 'normal',
  throttledCreates: 0,
  createGap: 0,
  createDelay: 0,
  delete: 'normal',
  current: 'normal',
  guard: 'guests',
  concurrency: 8,
});

/** What stands before the site. */
export const gatePage = '<!doctype html><html><head><title>longcat</title></head><body>One moment please</body></html>';
export const notFoundPage =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body><center><h1>404 Not Found</h1></center></body></html>';
