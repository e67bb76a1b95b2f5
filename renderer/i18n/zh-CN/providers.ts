import type { providers as english } from '../en/providers.ts';
import type { Translated } from '../types.ts';

export const providers: Translated<typeof english> = {
  providers: {
    list: '服务商',
    about: {
      'zai-api': '使用 z.ai 或 bigmodel.cn 的 API 密钥访问 GLM 模型：官方方式，稳定可靠，并遵循其自身条款。',
      k2think: '通过网页聊天使用 K2 Think 推理模型，可用访客身份或自己的账号。非官方方式，须遵守该网站的条款。',
      'k2think-api': '使用官方 API 密钥访问 K2 Think 推理模型。',
      longcat: '使用您的 longcat.chat 账号令牌访问 LongCat 模型。网页访问为非官方方式，须遵守 LongCat 的条款。',
      'longcat-api': '使用官方 API 密钥访问 LongCat 模型。',
      zai: 'chat.z.ai 的 GLM 模型，使用您自己的令牌或游客身份。网页访问属于非官方方式，须遵守 Z.AI 的条款。',
      local: '内置模型，完全在本机回答，不使用网络，用于验证客户端配置是否正确。',
    },
    aboutAdded: '您按地址添加的服务。',
    enable: '使用 {{provider}}',
    modelCount_other: '{{count}} 个模型',
    nextIn: '{{time}} 后恢复',
    usableOf_other: '{{usable}}/{{count}} 个令牌可用',
    states: {
      ok: '正常',
      guest: '仅游客',
      cooling: '冷却中',
      'needs-token': '需要令牌',
      off: '已关闭',
    },
    tabs: { tokens: '令牌', models: '模型' },
    local: {
      title: '这些模型不需要令牌。',
      text: '它们会回显、计数或故意失败。在客户端中选择 local/echo：如果有回答，说明地址和密钥正确，其他失败则与服务商有关。',
    },
  },
  models: {
    capabilities: { thinking: '思考', tools: '工具', vision: '图像', search: '搜索' },
    columns: { name: '模型', upstream: '服务商处的名称', capabilities: '能力', context: '上下文' },
    copied: '已复制 {{model}}。',
    copy: '复制模型名 {{model}}',
    noMatch: '没有匹配的模型。',
    none: '尚未获得模型列表。',
    refresh: '刷新列表',
    refreshed: '模型列表已是最新。',
    refreshing: '正在刷新…',
    search: '搜索模型',
    test: '测试',
  },
};
