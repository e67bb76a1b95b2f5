import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import { guardedLookup, isForbiddenAddress, isLoopbackAddress, whyNotDialled } from './addresses.ts';

describe('addresses where no service can be', () => {
  for (const address of [
    '169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::ffff:169.254.169.254',
    'FE80::1',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '100.100.100.200',
    'fd00:ec2::254',
  ])
    it(address, () => assert.ok(isForbiddenAddress(address)));
  for (const address of [
    '93.184.216.34',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '127.0.0.1',
    '::1',
    'fd00::1',
    '2606:2800:220:1::1',
    '64:ff9b::5db8:d822',
    'example.com',
    '',
  ])
    it(`not ${address}`, () => assert.ok(!isForbiddenAddress(address)));
});

it('loopback is known in every spelling', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopbackAddress(address));
  for (const address of ['128.0.0.1', '::2', 'localhost']) assert.ok(!isLoopbackAddress(address));
});

describe('F138: the look-up of a connection', () => {
  const single = (address: string) => guardedLookup((_name, _options, found) => found(null, address, 4));
  const several = (...addresses: string[]) =>
    guardedLookup((_name, _options, found) =>
      found(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    );

  it('hands on what it finds', () => {
    single('93.184.216.34')('a.example', {}, (error, address, family) =>
      assert.deepEqual([error, address, family], [null, '93.184.216.34', 4]),
    );
    several('10.0.0.1', '127.0.0.1')('a.example', { all: true }, (error, found) =>
      assert.deepEqual([error, found.length], [null, 2]),
    );
  });

  for (const [name, look] of [
    ['alone', single('169.254.169.254')],
    ['among others', several('93.184.216.34', '169.254.169.254')],
  ] as const)
    it(`refuses what nobody may connect to, ${name}`, () => {
      look('rebound.example', {}, (error) =>
        assert.ok(error instanceof ChatError && error.code === 'upstream_unreachable'),
      );
    });

  for (const name of ['localhost', 'models.localhost', 'LOCALHOST.'])
    it(`refuses ${name} where it is not this computer`, () => {
      single('203.0.113.7')(name, {}, (error) =>
        assert.ok(error instanceof ChatError && error.code === 'upstream_unreachable'),
      );
      single('127.0.0.1')(name, {}, (error, address) => assert.deepEqual([error, address], [null, '127.0.0.1']));
    });

  it('hands on a failure', () => {
    const failing = guardedLookup((_name, _options, found) =>
      found(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    );
    failing('a.example', {}, (error) => assert.equal(error?.message, 'no'));
  });
});

describe('F138: an address that stands in the URL itself', () => {
  for (const url of [
    'https://169.254.169.254/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://[fe80::1]/',
    'http://0/',
  ])
    // prettier-ignore
    it(`${url} is not dialled`, () => assert.equal(whyNotDialled(new URL(url))?.code, 'upstream_unreachable'));
  for (const url of [
    'https://93.184.216.34/',
    'http://127.0.0.1:11434/',
    'http://[::1]/',
    'https://192.168.1.5/',
    'https://name.example/',
  ])
    // prettier-ignore
    it(`${url} is`, () => assert.equal(whyNotDialled(new URL(url)), null));
});
