import { clientKeys } from './client-keys.ts';
import { connect } from './connect.ts';
import { desktop } from './desktop.ts';
import { errors } from './errors.ts';
import { figures } from './figures.ts';
import { firstRun } from './first-run.ts';
import { home } from './home.ts';
import { logs } from './logs.ts';
import { notices } from './notices.ts';
import { palette } from './palette.ts';
import { providers } from './providers.ts';
import { radar } from './radar.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { test } from './test.ts';
import { tokens } from './tokens.ts';
import { zaiCodes } from './zai-codes.ts';

/** The English texts; every other language has the same keys, which the compiler sees to. */
export const en = {
  ...shell,
  ...errors,
  ...desktop,
  clientKeys,
  connect,
  signIn,
  figures,
  firstRun,
  home,
  palette,
  ...providers,
  test,
  tokens,
  ...logs,
  ...notices,
  ...radar,
  ...settings,
  ...zaiCodes,
} as const;
