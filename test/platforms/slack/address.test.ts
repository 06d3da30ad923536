import { describe, expect, test } from 'vitest';
import { postUrl, readSlackWebhook } from '../../../src/platforms/slack/api/client.ts';

const API = 'https://hooks.slack.com';
const HOOK = { id: 'T00000001/B00000001', secret: 'abcDEF0123456789abcDEF01' };
const path = `/services/${HOOK.id}/${HOOK.secret}`;

describe('the address of a Slack webhook', () => {
  test('as it is copied it is read, and called again', () => {
    expect(readSlackWebhook(` ${API}${path} `, API)).toEqual(HOOK);
    expect(postUrl(API, HOOK)).toBe(`${API}${path}`);
  });

  test('a sandbox in the place of Slack has the same path under its own address', () => {
    const api = 'http://127.0.0.1:8788/slack';
    expect(readSlackWebhook(`${api}${path}`, api)).toEqual(HOOK);
    expect(postUrl(api, HOOK)).toBe(`${api}${path}`);
  });

  test.each([
    `http://hooks.slack.com${path}`,
    `https://hooks.slack.com.evil.example${path}`,
    `https://hooks.slack.com@evil.example${path}`,
    `https://hooks.slack.com/workflows/${HOOK.id}/${HOOK.secret}`,
    `https://hooks.slack.com/triggers/${HOOK.id}/${HOOK.secret}`,
    `https://hooks.slack.com/services/${HOOK.id}`,
    `https://slack.com${path}`,
    '',
  ])('%s is none', (text) => {
    expect(readSlackWebhook(text, API)).toBeNull();
  });
});
