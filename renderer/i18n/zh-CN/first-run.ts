import type { firstRun as english } from '../en/first-run.ts';
import type { Translated } from '../types.ts';

export const firstRun: Translated<typeof english> = {
  selfTest: {
    title: '自检',
    waiting: '等待中',
    running: '检查中',
    ok: '正常',
    failed: '失败',
    skipped: '未检查',
    listening: '正在监听 {{address}}',
    notListening: '没有监听。',
    key: '密钥可用',
    keyNotNeeded: '无需密钥',
    keyFails: '本机地址不接受该密钥。',
    reach: '可以连到 {{provider}}',
    reachOff: '游客模式已关闭：添加令牌后才会请求 {{provider}}。',
    notAsked: '尚未请求过 {{provider}}。',
    answer: '第一个回答',
    answerGuest: '以游客身份得到第一个回答',
    answeredAfter: '首个 token 用时 {{time}}',
    checkNow: '立即检查',
    again: '重新检查',
    setProxy: '设置出站代理',
    official: '使用官方 API',
    addToken: '添加令牌',
  },
  checklist: {
    title: '开始使用',
    done: '已完成',
    open: '未完成',
    count: '已完成 {{done}}/{{all}}',
    dismiss: '隐藏清单',
    dismissed: '清单已隐藏，可在“设置 › 外观”中重新显示。',
    token: {
      title: '添加自己的令牌或 API 密钥',
      guest: '在此之前由 {{provider}} 以游客身份回答：有限制，且不支持图片。',
      nobody: '在此之前只有本地测试模型会回答。',
      action: '添加令牌',
      more: '其他服务商',
    },
    client: {
      title: '接入一个客户端',
      text: 'Claude Code、Cherry Studio、Codex、SDK 或 curl：值已填好，直接复制。',
      action: '选择客户端',
    },
    request: {
      title: '发送第一个请求',
      text: '请求到达时会立即显示在这里。',
      action: '发送测试请求',
    },
    model: {
      title: '测试一个模型',
      text: '逐项检查流式、思考、工具和图片。',
      action: '打开测试页',
    },
  },
};
