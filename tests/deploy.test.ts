/** The files for servers: read by their own rules, and agreeing with each other and the product. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const read = (name: string): string => readFileSync(new URL(`../deploy/${name}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');

test('the Dockerfile has no fault, and its last stage runs as a user of its own', () => {
  assert.deepEqual(
    validate(dockerfile).map(({ message, range }) => [range.start.line + 1, message]),
    [],
  );
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  assert.match(last, /^USER 10001:10001$/m);
  assert.match(last, /^HEALTHCHECK /m);
  assert.doesNotMatch(dockerfile, /:latest|\bADD\b|curl|sudo/);
});

test('what the Dockerfile copies is let through to it', () => {
  const lines = read('Dockerfile.dockerignore').split('\n');
  const allowed = new Set(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)));
  const copied = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
  for (const file of copied.filter((name) => name !== '.')) assert.ok(allowed.has(file), file);
  for (const needed of ['electron', 'renderer', 'shared', 'build', 'vite.config.ts', 'tsconfig.json'])
    assert.ok(allowed.has(needed), needed);
});

test('compose: no rights, a read-only tree, this computer only', () => {
  const Compose = z.object({
    services: z.object({
      traygate: z.object({
        read_only: z.literal(true),
        cap_drop: z.tuple([z.literal('ALL')]),
        security_opt: z.array(z.string()),
        ports: z.array(z.string().startsWith('127.0.0.1:')),
        volumes: z.array(z.string()),
        environment: z.record(z.string(), z.string()),
      }),
    }),
    volumes: z.record(z.string(), z.unknown()),
  });
  const { services, volumes } = Compose.parse(parse(read('compose.yaml')));
  assert.ok(services.traygate.security_opt.includes('no-new-privileges:true'));
  assert.deepEqual(
    services.traygate.volumes.map((mount) => mount.split(':')[0]),
    Object.keys(volumes),
  );
  for (const [name, value] of Object.entries(services.traygate.environment))
    assert.ok(value === `\${${name}:-}` || value === 'true', `${name} has no secret in it`);
});

test('Kubernetes: one writer per data folder, no rights, probes that are answered', () => {
  const [set, service] = parseAllDocuments(read('kubernetes/traygate.yaml')).map((document): unknown => {
    assert.deepEqual(document.errors, []);
    return document.toJS();
  });
  const container = z.object({
    securityContext: z.object({
      allowPrivilegeEscalation: z.literal(false),
      readOnlyRootFilesystem: z.literal(true),
      capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
    }),
    volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
    ...Object.fromEntries(
      ['startupProbe', 'readinessProbe', 'livenessProbe'].map((name) => [
        name,
        z.object({
          httpGet: z.object({
            path: z.literal('/health'),
            httpHeaders: z.tuple([z.object({ name: z.literal('Host'), value: z.literal('localhost') })]),
          }),
        }),
      ]),
    ),
  });
  const { spec } = z
    .object({
      kind: z.literal('StatefulSet'),
      spec: z.object({
        selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
        template: z.object({
          metadata: z.object({ labels: z.record(z.string(), z.string()) }),
          spec: z.object({
            securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.literal(10_001) }),
            containers: z.array(container).length(1),
            volumes: z.array(z.object({ name: z.string() })),
          }),
        }),
        volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
      }),
    })
    .parse(set);
  assert.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels);
  const { selector } = z.object({ spec: z.object({ selector: z.record(z.string(), z.string()) }) }).parse(service).spec;
  assert.deepEqual(selector, spec.selector.matchLabels);
  const names = new Set([
    ...spec.template.spec.volumes.map(({ name }) => name),
    ...spec.volumeClaimTemplates.map(({ metadata }) => metadata.name),
  ]);
  for (const { volumeMounts } of spec.template.spec.containers)
    for (const { name } of volumeMounts) assert.ok(names.has(name), name);
});

test('replicas: each with its own data folder, all with the same keys and one Valkey that only they can use', () => {
  const Service = z.object({
    read_only: z.literal(true),
    cap_drop: z.tuple([z.literal('ALL')]),
    security_opt: z.tuple([z.literal('no-new-privileges:true')]),
    ports: z.array(z.string().startsWith('127.0.0.1:')).optional(),
    volumes: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()).optional(),
  });
  const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) });
  const { services, volumes } = Compose.parse(parse(read('compose.replicas.yaml'), { merge: true }));
  const { 'traygate-1': one, 'traygate-2': two, valkey, proxy } = services;
  assert.deepEqual(one?.environment, two?.environment);
  assert.match(one?.environment?.['TRAYGATE_REDIS_URL'] ?? '', /^redis:\/\/:\$\{VALKEY_PASSWORD:\?\}@valkey:6379$/);
  assert.match(one?.environment?.['AUTH_TOKEN'] ?? '', /^\$\{AUTH_TOKEN:\?\}$/);
  assert.deepEqual(
    [one, two].map((replica) => replica?.volumes?.[0]?.split(':')[0]),
    Object.keys(volumes),
  );
  assert.equal(valkey?.ports, undefined);
  assert.ok(proxy?.volumes?.some((mount) => mount.startsWith('./proxy/nginx.replicas.conf:')));
  const nginx = read('proxy/nginx.replicas.conf');
  for (const name of ['traygate-1', 'traygate-2']) assert.ok(nginx.includes(`server ${name}:8080 `), name);
  for (const line of [
    'proxy_buffering off;',
    'gzip off;',
    'proxy_http_version 1.1;',
    'proxy_next_upstream error timeout;',
  ])
    assert.ok(nginx.includes(line), line);
  assert.doesNotMatch(nginx, /non_idempotent|ip_hash|sticky/, 'a request is sent once, to whichever');
});

test('Kubernetes: two replicas and the Valkey of their secret', () => {
  const { resources, replicas } = z
    .object({ resources: z.array(z.string()), replicas: z.array(z.object({ name: z.string(), count: z.number() })) })
    .parse(parse(read('kubernetes/kustomization.yaml')));
  assert.deepEqual([resources, replicas], [['traygate.yaml', 'valkey.yaml'], [{ name: 'traygate', count: 2 }]]);
  const [deployment, service] = parseAllDocuments(read('kubernetes/valkey.yaml')).map((document): unknown => {
    assert.deepEqual(document.errors, []);
    return document.toJS();
  });
  const Labels = z.record(z.string(), z.string());
  const { spec } = z
    .object({
      kind: z.literal('Deployment'),
      spec: z.object({
        template: z.object({
          metadata: z.object({ labels: Labels }),
          spec: z.object({
            securityContext: z.object({ runAsNonRoot: z.literal(true) }),
            containers: z.tuple([
              z.object({
                command: z.array(z.string()),
                securityContext: z.object({
                  allowPrivilegeEscalation: z.literal(false),
                  readOnlyRootFilesystem: z.literal(true),
                }),
              }),
            ]),
          }),
        }),
      }),
    })
    .parse(deployment);
  assert.match(spec.template.spec.containers[0].command.join(' '), /--requirepass "\$VALKEY_PASSWORD"/);
  const { metadata, spec: served } = z
    .object({ metadata: z.object({ name: z.string() }), spec: z.object({ selector: Labels }) })
    .parse(service);
  assert.deepEqual(served.selector, spec.template.metadata.labels);
  assert.ok(read('kubernetes/kustomization.yaml').includes(`@${metadata.name}:6379`));
});

test('the proxies pass streams on at once and try nothing twice', () => {
  const nginx = read('proxy/nginx.conf');
  for (const line of ['proxy_buffering off;', 'proxy_next_upstream off;', 'gzip off;', 'proxy_http_version 1.1;'])
    assert.ok(nginx.includes(line), line);
  const caddy = read('proxy/Caddyfile');
  for (const line of ['flush_interval -1', 'lb_retries 0']) assert.ok(caddy.includes(line), line);
  assert.doesNotMatch(caddy, /^\s*encode/m);
});
