import { Activity, Boxes, House, type LucideIcon } from 'lucide-react';

export interface PageLink {
  readonly id: 'home' | 'providers' | 'logs';
  readonly to: '/home' | '/providers' | '/logs';
  readonly icon: LucideIcon;
}

/** The rail, from top to bottom; Ctrl/Cmd+1… follows this order. */
export const pageLinks: readonly PageLink[] = [
  { id: 'home', to: '/home', icon: House },
  { id: 'providers', to: '/providers', icon: Boxes },
  { id: 'logs', to: '/logs', icon: Activity },
];
