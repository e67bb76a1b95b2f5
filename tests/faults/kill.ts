/** `npm run test:kill`: 200 kills in the middle of writes, or as many as the first argument says. */
import { helpIfAsked } from '../help.ts';
import { killRepeatedly } from './kills.ts';

helpIfAsked(`
npm run test:kill [-- KILLS]

Kills Traygate in the middle of writes, 200 times without a number, and looks for changes that were acknowledged and lost.`);
const kills = Number(process.argv[2] ?? 200);
if (!Number.isInteger(kills) || kills < 1) {
  console.error('How many kills? npm run test:kill -- 200');
  process.exit(64);
}
const { acknowledged, tokens, interrupted } = await killRepeatedly(kills, (so) => {
  if (so.kills % 10 === 0) console.log(`${so.kills} kills, ${so.acknowledged} changes acknowledged, none lost`);
});
console.log(
  `${kills} kills: all ${acknowledged} acknowledged changes were there (${tokens} tokens in the end, ${interrupted} answers interrupted).`,
);
