import { useTranslation } from 'react-i18next';
import type { ProviderId } from '../../../../shared/provider.ts';
import type { Token } from '../../../../shared/token.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuChoices } from '../../../components/menu.tsx';
import { useFormat } from '../../../lib/format.ts';
import { tuneTokens } from './token-actions.ts';

interface TuneAllProps {
  readonly tokens: readonly Token[];
  readonly provider: ProviderId;
  readonly what: 'weight' | 'priority';
}

const choices = { weight: [1, 2, 3, 5, 10], priority: [1, 2, 3, 4, 5, 6, 7, 8, 9] } as const;

/** One weight or tier for all that are selected. */
export function TuneAll({ tokens, provider, what }: TuneAllProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = tokens;
  const shared = tokens.every((token) => token[what] === first?.[what]) ? first?.[what] : undefined;
  return (
    <Menu trigger={<Button size="small">{t(`tokens.columns.${what}`)}</Button>}>
      <MenuChoices
        label={t(`tokens.columns.${what}`)}
        value={String(shared ?? '')}
        choices={choices[what].map((value) => ({ value: String(value), label: format.number(value) }))}
        onChoose={(value) => void tuneTokens(provider, tokens, { [what]: Number(value) })}
      />
    </Menu>
  );
}
