import type { HostForm } from '../../../shared/clients.ts';

/** What stands in a client's settings: the values that are put into its file, commands and snippets. */
export interface Fill {
  /** Without /v1. */
  readonly root: string;
  readonly key: string;
  readonly model: string;
  /** For titles and other small work. */
  readonly small: string;
}

export const openAiUrl = ({ root }: Fill): string => `${root}/v1`;

export const dockerHost = 'host.docker.internal';

/** The gateway's address by another name of this computer. */
export function rootFor(baseUrl: string, form: HostForm, lan: string | null): string {
  const host = { '127.0.0.1': '127.0.0.1', localhost: 'localhost', lan: lan ?? '127.0.0.1', docker: dockerHost }[form];
  const url = new URL(baseUrl);
  return `${url.protocol}//${host}:${url.port || '80'}${url.pathname.replace(/\/$/, '')}`;
}

const fast = /^(GLM-4\.5-Air|GLM-4\.7-Flash|LongCat-Flash-Lite)$/i;

/** The model for small work: a quick one of the same family if it is offered, else the same. */
export function smallFor(model: string, offered: readonly string[]): string {
  const family = /^[a-z]+/i.exec(model)?.[0].toLowerCase() ?? '';
  return offered.find((name) => fast.test(name) && name.toLowerCase().startsWith(family)) ?? model;
}
