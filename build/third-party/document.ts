import type { ThirdParty } from './packages.ts';

const rule = '-'.repeat(80);

function entry({ name, version, licence, author, homepage, texts }: ThirdParty): string {
  const head = [`${name} ${version}`, `Licence: ${licence}`, author && `By: ${author}`, homepage].filter(Boolean);
  return [rule, head.join('\n'), ...texts, ''].join('\n\n');
}

/** What goes along with the product so that the licences of its parts are kept: each part once, by name. */
export function thirdPartyDocument(parts: readonly ThirdParty[]): string {
  const unique = new Map(parts.map((part) => [`${part.name} ${part.version}`, part]));
  const sorted = [...unique.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [
    `Traygate contains the ${sorted.length} packages below, whole or in part, under their own licences.`,
    'Electron and Chromium, in packages for desktops, bring LICENSE.electron.txt and LICENSES.chromium.html.',
    '',
    ...sorted.map(entry),
  ].join('\n');
}
