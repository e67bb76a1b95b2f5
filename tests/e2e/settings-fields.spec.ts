/** Every setting of the page by its role and its name in both languages: changed, in force after a new start of the page, and reset. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { chooseLanguage } from './harness/barriers.ts';

type Role = 'textbox' | 'combobox' | 'switch';
type Row = readonly [section: string, role: Role, label: string, chinese: string, value: string, usual: string];

const rows: readonly Row[] = [
  ['server', 'combobox', 'If the port is busy', '端口被占用时', 'next', 'ask'],
  ['server', 'textbox', 'Allowed host names', '允许的主机名', 'gate.home', ''],
  ['server', 'textbox', 'Allowed web origins (CORS)', '允许的网页来源（CORS）', 'https://app.example.com', ''],
  ['server', 'textbox', 'Trusted proxies', '受信任的代理', '172.18.0.0/16', ''],
  ['server', 'textbox', 'Devices that may connect', '允许连接的设备', '192.168.1.0/24\nfd00::/8', ''],
  ['server', 'textbox', 'Requests at once', '同时处理的请求', '50', '2500'],
  ['server', 'textbox', 'Largest request', '最大请求', '64', '32'],
  ['server', 'textbox', 'Queue length', '排队长度', '10', '200'],
  ['server', 'textbox', 'Longest wait', '最长等待', '5', '30'],
  ['keys', 'switch', 'Require a key on this computer', '本机也需要密钥', 'off', 'on'],
  ['appearance', 'combobox', 'Theme', '主题', 'dark', 'system'],
  ['appearance', 'combobox', 'Density', '密度', 'compact', 'normal'],
  ['appearance', 'combobox', 'Reduce motion', '减少动效', 'on', 'system'],
  ['appearance', 'combobox', 'Time of day', '时间格式', 'h12', 'auto'],
  ['keyboard', 'switch', 'Single keys', '单键快捷键', 'on', 'off'],
  ['network', 'textbox', 'Outbound proxy', '出站代理', 'http://127.0.0.1:9', ''],
  ['network', 'combobox', 'IP version', 'IP 版本', 'ipv4', 'auto'],
  ['network', 'textbox', 'Time to connect', '连接时限', '20', '10'],
  ['network', 'textbox', 'Time to the first byte', '首字节时限', '90', ''],
  ['network', 'textbox', 'Silence within an answer', '回答中的静默时限', '90', ''],
  ['network', 'textbox', 'Time of a whole answer', '整个回答的时限', '600', '3600'],
  ['retry', 'textbox', 'Attempts of one request', '每个请求的尝试次数', '5', '3'],
  ['retry', 'textbox', 'Retry budget', '重试预算', '50', '20'],
  ['retry', 'textbox', 'First rest after “too many requests”', '“请求过多”后的首次休息', '60', '30'],
  ['retry', 'textbox', 'Longest such rest', '最长的此类休息', '10', '30'],
  ['retry', 'textbox', 'Failures before a token rests', '令牌休息前的失败次数', '9', '3'],
  ['retry', 'textbox', 'Rest of such a token', '令牌休息时间', '60', '1800'],
  ['retry', 'combobox', 'Which token is next', '令牌的选择', 'weighted', 'round-robin'],
  ['retry', 'switch', 'Conversations stay with their token', '对话固定令牌', 'on', 'off'],
  ['retry', 'textbox', 'Requests of one token at once', '单个令牌的并发请求', '4', '0'],
  ['behaviour', 'combobox', 'Thinking', '思考内容', 'strip', 'separate'],
  ['behaviour', 'switch', 'Tools', '工具', 'off', 'on'],
  ['behaviour', 'combobox', 'How tools reach a model', '工具的传递方式', 'injected', 'auto'],
  ['behaviour', 'switch', 'Default aliases', '默认别名', 'off', 'on'],
  ['logs', 'textbox', 'Requests kept', '保留的请求数', '1000', '50000'],
  ['logs', 'textbox', 'Kept for', '保留时间', '7', '90'],
  ['logs', 'textbox', 'Room for them', '占用空间', '50', '200'],
  ['logs', 'combobox', 'What is asked and answered', '请求与回答的内容', 'off', 'memory'],
  ['logs', 'textbox', 'Of each text', '每段内容', '64', '256'],
  ['logs', 'textbox', 'Room for texts', '内容占用空间', '32', '64'],
  ['logs', 'textbox', 'Also taken out', '另外去除的内容', 'x-company-id\n$.metadata.user_id', ''],
  ['logs', 'switch', 'More lines in the log file', '更详细的日志文件', 'on', 'off'],
  ['remote', 'switch', 'Administration from other devices', '允许从其他设备管理', 'on', 'off'],
  ['remote', 'textbox', 'A sign-in lasts', '登录有效期', '24', '12'],
];
const sections = [...new Set(rows.map(([section]) => section))];

async function open(page: Page, section: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), `/settings/${section}`);
  await page.locator(`nav a[aria-current="page"][href$="/settings/${section}"]`).waitFor();
  await page.locator('#section-title').waitFor();
}

async function put(field: Locator, role: Role, value: string): Promise<void> {
  if (role === 'switch') return field.click();
  if (role === 'combobox') return void (await field.selectOption(value));
  await field.fill(value);
  await field.blur();
}

async function shows(field: Locator, role: Role, value: string): Promise<void> {
  if (role === 'switch') await expect(field).toHaveAttribute('aria-checked', String(value === 'on'));
  else await expect(field).toHaveValue(value);
}

for (const section of sections)
  test(`the settings of “${section}”: each is changed, kept, found in both languages, and reset`, async ({ page }) => {
    test.slow();
    const own = rows.filter(([of]) => of === section);
    const reset = (label: string): Locator =>
      page.getByRole('button', { name: `Reset ${label} to default`, exact: true });
    await open(page, section);
    for (const [, role, label, , value, usual] of own) {
      const field = page.getByRole(role, { name: label, exact: true });
      await shows(field, role, usual);
      await put(field, role, value);
      await expect(reset(label), label).toBeVisible();
    }
    await page.reload();
    await open(page, section);
    for (const [, role, label, , value, usual] of own) {
      const field = page.getByRole(role, { name: label, exact: true });
      await shows(field, role, value);
      await reset(label).click();
      await shows(field, role, usual);
      await expect(reset(label)).toBeHidden();
    }
    await chooseLanguage(page, 'zh-CN');
    const search = page.getByRole('searchbox', { name: '搜索设置' });
    for (const [, role, label, chinese] of own) {
      await expect(page.getByRole(role, { name: chinese, exact: true })).toBeVisible();
      for (const typed of [label, chinese]) {
        await search.fill(typed);
        await expect(page.getByRole('button', { name: chinese }).first(), typed).toBeVisible();
      }
    }
  });

test('what is out of range or no such thing is refused beside the field, which keeps its value', async ({ page }) => {
  for (const [section, label, typed, says] of [
    ['server', 'Devices that may connect', 'my phone', /not allowed/],
    ['server', 'Largest request', '101', /A whole number from 1 to 100\./],
    ['retry', 'Retry budget', '51', /A whole number from 0 to 50\./],
    ['network', 'Outbound proxy', 'proxy.lan:8080', /begin with http/],
    ['network', 'Extra certificates (CA file)', '/no/such/file.pem', /cannot be read/],
    ['logs', 'Also taken out', 'a b', /not allowed/],
  ] as const) {
    await open(page, section);
    const field = page.getByRole('textbox', { name: label, exact: true });
    const before = await field.inputValue();
    await field.fill(typed);
    await field.blur();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(says);
    await expect(field).toHaveValue(before);
  }
});

test.describe('set from outside', () => {
  test.use({ environment: { RETRY_ATTEMPTS: '2', MAX_REQUESTS: '7', IP_VERSION: 'ipv4', SESSION_HOURS: '3' } });

  test('fields are locked, with the name of what sets them', async ({ page }) => {
    for (const [section, role, label, variable] of [
      ['retry', 'textbox', 'Attempts of one request', 'RETRY_ATTEMPTS'],
      ['server', 'textbox', 'Requests at once', 'MAX_REQUESTS'],
      ['network', 'combobox', 'IP version', 'IP_VERSION'],
      ['remote', 'textbox', 'A sign-in lasts', 'SESSION_HOURS'],
    ] as const) {
      await open(page, section);
      const field = page.getByRole(role, { name: label, exact: true });
      await expect(field).toBeDisabled();
      await expect(field).toHaveAccessibleDescription(new RegExp(variable));
    }
  });
});

test('what is of the desktop alone is shown everywhere, and says so where there is none', async ({ page, product }) => {
  await open(page, 'desktop');
  for (const field of [
    page.getByRole('combobox', { name: 'Close button' }),
    ...[
      'Start at login',
      'Free memory while hidden',
      'Look for updates',
      'Notify: not running',
      'Notify: no usable token',
      'Notify: token rejected',
      'Notify: token ends soon',
      'Notify: wrong keys',
      'Notify: newer version',
      'Notify: many errors',
    ].map((name) => page.getByRole('switch', { name, exact: true })),
  ]) {
    if (product.shell === 'desktop') await expect(field).toBeEnabled();
    else {
      await expect(field).toBeDisabled();
      await expect(field).toHaveAccessibleDescription(/Only in the desktop app/);
    }
  }
});

test('density, motion and the time of day are those of the whole window at once, and at the next start', async ({
  page,
}) => {
  await open(page, 'appearance');
  const row = page.locator('#setting-ui_density');
  const height = async () => (await row.boundingBox())?.height ?? 0;
  const usual = await height();
  await page.getByRole('combobox', { name: 'Density' }).selectOption('comfortable');
  await expect.poll(height).toBeGreaterThan(usual);
  await page.getByRole('combobox', { name: 'Density' }).selectOption('compact');
  await expect.poll(height).toBeLessThan(usual);
  await page.getByRole('combobox', { name: 'Reduce motion' }).selectOption('on');
  const moves = () =>
    page.getByRole('link', { name: 'Home' }).evaluate((link) => getComputedStyle(link).transitionProperty);
  await expect.poll(moves).toBe('none');
  await page.getByRole('combobox', { name: 'Time of day' }).selectOption('h12');
  await page.reload();
  await open(page, 'data');
  await page.getByRole('button', { name: 'Back up now' }).click();
  const made = page.getByRole('row', { name: /by hand/ });
  await expect(made).toContainText(/\d:\d\d:\d\d\s[AP]M/u);
  expect(await moves()).toBe('none');
  await open(page, 'appearance');
  await page.getByRole('combobox', { name: 'Time of day' }).selectOption('h23');
  await open(page, 'data');
  await expect(made).not.toContainText(/[AP]M/u);
});

test('single keys do nothing before they are switched on, and nothing while one types', async ({ page }) => {
  await open(page, 'keyboard');
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  const singleKeys = page.getByRole('switch', { name: 'Single keys' });
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await expect(search).not.toBeFocused();
  await singleKeys.click();
  await expect(singleKeys).toHaveAttribute('aria-checked', 'true');
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('1?/');
  await expect(search).toHaveValue('1?/');
  await page.keyboard.press('Escape');
  await page.locator('main').focus();
  await page.keyboard.press('4');
  await page.getByRole('heading', { level: 1, name: 'Logs' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { level: 2, name: 'Keyboard' }).waitFor();
});
