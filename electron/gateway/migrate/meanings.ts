/** Variables of the Python server that are no setting of Traygate, and why: the end of a line of the report. */
export const withoutMeaning: Readonly<Record<string, string>> = {
  TOKEN_HEALTH_CHECK_INTERVAL: 'the old server only displayed it; checks are on demand or by tokens.maintainHours',
  MAX_RETRIES: 'how often a request is tried is retry.attempts, three times without',
  RETRY_DELAY: 'pauses between attempts grow by themselves',
  ZAI_SIGNING_SECRET: 'Traygate signs requests as the site does now',
  DEFAULT_PROVIDER: 'a model is found by its name; who is asked first is the order under Providers',
  SESSION_SECRET_KEY: 'it was never used; sessions of the window have random keys',
  DB_PATH: 'the file is read below; Traygate keeps its own database in its data folder',
  TOKEN_AUTO_IMPORT_ENABLED: 'a folder is watched when tokens.watch names it (docs/tokens.md)',
  TOKEN_AUTO_IMPORT_SOURCE_DIR: 'its files are read below; to have a folder watched, set tokens.watch (docs/tokens.md)',
  TOKEN_AUTO_IMPORT_INTERVAL: 'a watched folder is followed at once (docs/tokens.md)',
  TOKEN_AUTO_MAINTENANCE_INTERVAL: 'it is counted in tokens.maintainHours where maintenance was on',
  TOKEN_AUTO_REMOVE_DUPLICATES: 'maintenance always does',
  TOKEN_AUTO_HEALTH_CHECK: 'maintenance always checks',
};

/** Variables whose tokens are read and saved; files and single tokens. */
export const tokenVariables: Readonly<Record<string, 'file' | 'token'>> = {
  AUTH_TOKENS_FILE: 'file',
  LONGCAT_TOKENS_FILE: 'file',
  LONGCAT_PASSPORT_TOKEN: 'token',
  LONGCAT_TOKEN: 'token',
  BACKUP_TOKEN: 'token',
};

/** Where only the text `true` counted as true. */
export const booleans: ReadonlySet<string> = new Set([
  'SKIP_AUTH_TOKEN',
  'ANONYMOUS_MODE',
  'TOOL_SUPPORT',
  'DEBUG_LOGGING',
]);
