import type { TFunction } from 'i18next';
import type { PortOwner } from '../../../shared/port.ts';

/** The program that is in the way, as far as the system says. */
export function ownerText(t: TFunction, owner: PortOwner | null): string {
  return owner === null
    ? t('home.attention.anotherProgram')
    : t('home.attention.owner', { name: owner.name, pid: String(owner.pid) });
}
