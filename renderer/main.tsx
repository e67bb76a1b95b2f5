import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { startAppearance } from './lib/appearance.ts';
import { startFontSize } from './lib/font-size.ts';
import { goLive } from './lib/live.ts';
import { startPreferences } from './lib/preferences.ts';
import { signIn, takeCodeFromAddress } from './lib/session.ts';
import './styles.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root.');

startI18n();
startAppearance();
startFontSize();
startPreferences();

const code = takeCodeFromAddress();
if (code !== null) await signIn({ code });
void goLive();

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
