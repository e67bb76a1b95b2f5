import { useQueries, useQuery } from '@tanstack/react-query';
import type { ProviderState } from '../../../../shared/state.ts';
import { call } from '../../../lib/backend.ts';
import { useExchanges } from '../../../lib/exchange-feed.ts';
import { isWanted } from '../../../lib/providers.ts';
import { modelsOf, tokensOf } from '../../../lib/queries.ts';
import { commandGroups, type Command, type CommandGroup, fits } from './command.ts';
import {
  useActionCommands, useModelCommands, usePageCommands, useRequestCommands, useSettingCommands, useTokenCommands,
} from './use-commands.ts'; // prettier-ignore

/** So many of a kind; who looks for another types more. */
const most = 8;
/** Shorter, it could be the beginning of any. */
const shortestId = 6;

export interface FoundGroup {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

function useRequests(typed: string) {
  const held = useExchanges();
  const wanted = typed.trim().toLowerCase();
  const sought = wanted.length >= shortestId;
  const found = sought ? held.filter(({ id }) => id.toLowerCase().includes(wanted)).slice(0, most) : [];
  const { data: stored } = useQuery({
    queryKey: ['exchange', typed.trim()],
    queryFn: () => call('exchanges.get', { id: typed.trim() }),
    enabled: sought && found.length === 0 && wanted.length <= 100 && !wanted.includes(' '),
  });
  return found.length > 0 || !stored ? found : [stored];
}

/** What fits what was typed, by kind. Models, tokens, settings and requests are only looked for by name. */
export function useFound(
  typed: string,
  providers: readonly ProviderState[],
  onClearLogs: () => void,
): readonly FoundGroup[] {
  const named = typed.trim() !== '';
  const wanted = providers.filter(isWanted);
  const whenNamed = <Q extends object>(query: Q) => ({ ...query, enabled: named });
  const models = useQueries({ queries: wanted.map(({ id }) => whenNamed(modelsOf(id))) });
  const holders = wanted.filter(({ total }) => total > 0);
  const tokens = useQueries({ queries: holders.map(({ id }) => whenNamed(tokensOf(id))) });
  const settings = useSettingCommands(typed);
  const always = [...usePageCommands(), ...useActionCommands({ onClearLogs })];
  const byName = [
    ...useModelCommands(models.flatMap(({ data }) => data ?? [])),
    ...useTokenCommands(tokens.flatMap(({ data }) => data ?? [])),
  ];
  const requests = useRequestCommands(useRequests(typed));
  const all = [
    ...always.filter((command) => fits(command, typed.trim())),
    ...settings,
    ...(named ? byName.filter((command) => fits(command, typed.trim())) : []),
    ...requests,
  ];
  return commandGroups
    .map((group) => {
      const commands = all.filter((command) => command.group === group);
      return { group, commands: group === 'actions' || group === 'pages' ? commands : commands.slice(0, most) };
    })
    .filter(({ commands }) => commands.length > 0);
}
