import type { palette as english } from '../en/palette.ts';
import type { Translated } from '../types.ts';

export const palette: Translated<typeof english> = {
  title: '命令面板',
  search: '搜索页面、操作、设置、模型、令牌和请求',
  none: '没有匹配的内容。',
  groups: {
    pages: '页面',
    actions: '操作',
    settings: '设置',
    models: '模型',
    tokens: '令牌',
    requests: '请求',
  },
  actions: {
    start: '启动网关',
    stop: '停止网关',
    copyUrl: '复制 Base URL',
    copyKey: '复制密钥',
    guestsOff: '{{provider}} 访客模式：关闭',
    guestsOn: '{{provider}} 访客模式：开启',
    checkTokens: '检查全部令牌',
    clearLogs: '清空日志…',
    addTokens: '添加令牌',
    light: '浅色主题',
    dark: '深色主题',
    help: '本页帮助',
  },
  noTokens: '没有可检查的令牌。',
};
