import type { Translated } from '../types.ts';
import type { desktop as english } from '../en/desktop.ts';

export const desktop: Translated<typeof english> = {
  links: {
    'add-token': {
      title: '有链接要为 {{name}} 添加令牌',
      body: '令牌以 {{ending}} 结尾。仅当链接由您自己打开且来源可信时才添加。',
    },
    'add-provider': {
      title: '有链接要添加服务商 {{name}}',
      body: '请求将发送到 {{url}}。仅当链接由您自己打开且该地址可信时才添加。',
    },
    add: '添加',
    done: '已通过链接添加。',
  },
};
