import type { signIn as english } from '../en/sign-in.ts';
import type { Translated } from '../types.ts';

export const signIn: Translated<typeof english> = {
  title: '登录 Traygate',
  intro: '此窗口可以查看令牌状态并更改设置，因此需要确认您的身份。',
  label: '登录链接、代码或管理密码',
  show: '显示输入内容',
  hide: '隐藏输入内容',
  submit: '登录',
  busy: '正在登录…',
  help: '服务器启动时会在日志中打印一次性链接，15 分钟内有效，仅可使用一次。',
  plain: '此页面通过明文 HTTP 传输：途中的任何人都能读取此处输入和显示的内容。请通过代理使用 https，或使用 SSH 隧道。',
  problem: {
    empty: '请粘贴链接或代码，或输入密码。',
    unreachable: '网关没有响应。它还在运行吗？',
    wait_other: '尝试次数过多，请在 {{count}} 秒后重试。',
    wrong: '登录失败。链接或代码只能使用一次，且仅在 15 分钟内有效。',
  },
};
