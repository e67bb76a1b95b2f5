import type { Translated } from '../types.ts';
import type { desktop as english, desktopFields as englishFields } from '../en/desktop.ts';

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

export const desktopFields: Translated<typeof englishFields> = {
  desktop_startAtLogin: {
    label: '登录时启动',
    help: '在托盘中启动，不打开窗口。未签名的 macOS 版本可能会被拒绝。',
    words: '开机 自启 登录项',
  },
  desktop_closeButton: { label: '关闭按钮', help: '关闭窗口时的行为。', words: '托盘 隐藏 退出 窗口' },
  desktop_lightweight: {
    label: '隐藏时释放内存',
    help: '窗口隐藏五分钟后会被释放；再次打开只需片刻。',
    words: '轻量 内存 后台 托盘',
  },
  desktop_updates: {
    label: '检查更新',
    help: '每天一次。新版本会显示在托盘中；未经您同意，不会下载或安装。',
    words: '版本 升级 发布',
  },
  desktop_notifyStopped: { label: '通知：未在运行', help: '服务无法启动，或已自行停止。', words: '提醒 端口 错误' },
  desktop_notifyProvider: {
    label: '通知：没有可用令牌',
    help: '某服务商的全部令牌已有一分钟不可用。每小时最多一次。',
    words: '提醒 冷却 服务商',
  },
  desktop_notifyToken: { label: '通知：令牌被拒绝', help: '服务商不再接受某个令牌。', words: '提醒 无效 过期' },
  desktop_notifyEnding: {
    label: '通知：令牌即将到期',
    help: '某个令牌将在两天内到期。每个令牌一次。',
    words: '提醒 过期 到期',
  },
  desktop_notifyWrongKeys: {
    label: '通知：错误的密钥',
    help: '其他设备尝试了五个或更多错误的密钥。',
    words: '提醒 安全 局域网 猜测',
  },
  desktop_notifyUpdate: { label: '通知：新版本', help: '每个版本一次。', words: '提醒 更新' },
  desktop_notifyErrors: {
    label: '通知：大量错误',
    help: '五分钟内超过五分之一的请求失败。',
    words: '提醒 错误率',
  },
};
