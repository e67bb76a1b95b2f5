import type { Texts } from './texts.en.ts';

export const chinese: Texts = {
  running: (address) => `正在运行：${address}`,
  starting: '正在启动',
  stopping: (inFlight) => (inFlight > 0 ? `正在停止（${inFlight} 个请求收尾中）` : '正在停止'),
  stopped: '已停止',
  portInUse: (port) => `端口 ${port} 已被占用`,
  cannotStart: '无法启动',
  status: { starting: '正在启动', running: '运行中', stopping: '正在停止', stopped: '已停止', error: '出错' },
  tooltip: (status, address, ready, all) => `${status} · ${address} · ${ready}/${all} 可用`,

  copyBaseUrl: '复制接口地址',
  copyKey: '复制密钥',
  provider: {
    ready: '可用',
    someReady: (usable, total) => `${usable}/${total} 可用`,
    guest: '仅访客',
    cooling: (left) => `冷却中 ${left}`,
    resting: '冷却中',
    needsToken: '需要令牌',
    off: '已关闭',
  },
  pauseGuests: (provider: string) => `暂停 ${provider} 的访客模式`,
  startServer: '启动服务',
  stopServer: '停止服务',
  openWindow: '打开窗口',
  logs: '日志…',
  quit: '退出',

  inFlightTitle: (inFlight) => `还有 ${inFlight} 个请求正在回答。`,
  finishAndQuit: '完成后退出（最多 10 秒）',
  quitNow: '立即退出',
  cancel: '取消',

  cannotOpen: 'Traygate 无法启动',
  noTrayTitle: 'Traygate 仍在运行',
  noTrayBody: '此桌面没有托盘，关闭窗口时会将其最小化。可从窗口菜单退出。',
};
