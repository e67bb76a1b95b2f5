import type { DialectId } from '../../../../shared/exchange.ts';

/** A request as code that sends it again. */
export interface Repeatable {
  readonly baseUrl: string;
  readonly dialect: DialectId;
  /** JSON. */
  readonly body: string;
  /** Null: `$API_KEY` of the environment stands for it. */
  readonly key: string | null;
}

const paths: Readonly<Record<DialectId, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
};

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function headersOf({ dialect }: Repeatable, key: string): [string, string][] {
  return [
    ['content-type', 'application/json'],
    dialect === 'anthropic-messages' ? ['x-api-key', key] : ['authorization', `Bearer ${key}`],
    ...(dialect === 'anthropic-messages' ? ([['anthropic-version', '2023-06-01']] as [string, string][]) : []),
  ];
}

const urlOf = ({ baseUrl, dialect }: Repeatable): string => baseUrl + paths[dialect];

export function asCurl(request: Repeatable): string {
  const headers = headersOf(request, request.key ?? '$API_KEY').map(([name, value]) =>
    // Double quotes let the shell put the key in.
    value.includes('$API_KEY') ? `  -H "${name}: ${value}"` : `  -H ${shellQuoted(`${name}: ${value}`)}`,
  );
  return [`curl ${shellQuoted(urlOf(request))}`, ...headers, `  --data-raw ${shellQuoted(pretty(request.body))}`].join(
    ' \\\n',
  );
}

/** What ends no text of Python or JavaScript too early; both read JSON's escapes alike. */
const literal = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);

export function asPython(request: Repeatable): string {
  const headers = headersOf(request, 'KEY').map(([name, value]) => {
    if (value === 'KEY') return `    ${literal(name)}: key,`;
    return value === 'Bearer KEY'
      ? `    ${literal(name)}: "Bearer " + key,`
      : `    ${literal(name)}: ${literal(value)},`;
  });
  return `import json
import os
import urllib.request

key = ${request.key === null ? 'os.environ["API_KEY"]' : literal(request.key)}
body = json.loads(${literal(pretty(request.body))})
request = urllib.request.Request(${literal(urlOf(request))}, json.dumps(body).encode(), {
${headers.join('\n')}
})
with urllib.request.urlopen(request) as response:
    for line in response:
        print(line.decode(), end="")
`;
}

export function asNode(request: Repeatable): string {
  const headers = headersOf(request, 'KEY').map(([name, value]) => {
    if (value === 'KEY') return `    ${literal(name)}: key,`;
    return value === 'Bearer KEY'
      ? `    ${literal(name)}: 'Bearer ' + key,`
      : `    ${literal(name)}: ${literal(value)},`;
  });
  return `const key = ${request.key === null ? 'process.env.API_KEY' : literal(request.key)};
const body = ${pretty(request.body)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)};
const response = await fetch(${literal(urlOf(request))}, {
  method: 'POST',
  headers: {
${headers.join('\n')}
  },
  body: JSON.stringify(body),
});
for await (const chunk of response.body) process.stdout.write(chunk);
`;
}
