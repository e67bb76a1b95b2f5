import { scripts, startZaiSimulator } from './zai/simulator.ts';

/**
 * Starts the Z.AI simulator by hand: `npm run sim -- [port] [script]`, where script is one of the names below.
 * Nothing here talks to the network.
 */
const choices: Readonly<Record<string, () => scripts.Script>> = {
  answer: () => scripts.answer(),
  slow: () => scripts.slow(120),
  captcha: () => scripts.captcha(),
  cut: () => scripts.cut(3),
  fin: () => scripts.fin(3),
  hang: () => scripts.hang('headers'),
  limited: () => scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '7' }),
  unauthorised: () => scripts.status(401, { detail: 'Not authenticated' }),
};

const [port = '9801', choice = 'slow'] = process.argv.slice(2);
const script = choices[choice];
if (!script || !/^\d+$/.test(port)) {
  console.error(`usage: npm run sim -- [port] [${Object.keys(choices).join('|')}]`);
  process.exit(64);
}

const site = await startZaiSimulator({ port: Number(port) }).catch((error: Error) => {
  console.error(`The simulator cannot listen: ${error.message}`);
  process.exit(69);
});
site.answer(script());
// Always the same account, so that a token that was pasted once is good after a restart as well.
const user = site.users.add({ name: 'Ada', id: '51a00000-0000-4000-8000-000000000001' });
console.log(`The Z.AI simulator answers at ${site.url} (script: ${choice}). Ctrl+C stops it.

A token to paste:
  ${user.token}

Traygate against it:
  ZAI_BASE_URL=${site.url} npm start`);

process.once('SIGINT', () => void site.close().then(() => process.exit(0)));
process.once('SIGTERM', () => void site.close().then(() => process.exit(0)));
