import { Activity, Boxes, FlaskConical, House, type LucideIcon, Plug, Settings } from 'lucide-react';

export interface PageLink {
  readonly id: 'home' | 'connect' | 'providers' | 'logs' | 'test' | 'settings';
  readonly to: '/home' | '/connect' | '/providers' | '/logs' | '/test' | '/settings';
  readonly icon: LucideIcon;
}

/** The rail, from top to bottom; Ctrl/Cmd+1… follows this order. */
export const pageLinks: readonly PageLink[] = [
  { id: 'home', to: '/home', icon: House },
  { id: 'connect', to: '/connect', icon: Plug },
  { id: 'providers', to: '/providers', icon: Boxes },
  { id: 'logs', to: '/logs', icon: Activity },
  { id: 'test', to: '/test', icon: FlaskConical },
  { id: 'settings', to: '/settings', icon: Settings },
];
