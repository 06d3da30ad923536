import { describe, expect, test } from 'vitest';
import { executeUrl, readDiscordWebhook } from '../../../src/platforms/discord/api/client.ts';

const API = 'https://discord.com';
const HOOK = { id: '1300000000000000001', token: 'abcDEF-_0123456789abcDEF' };
const path = `/api/webhooks/${HOOK.id}/${HOOK.token}`;

describe('the address of a Discord webhook', () => {
  test.each([
    `https://discord.com${path}`,
    ` https://discordapp.com${path}/ `,
    `https://ptb.discord.com${path}`,
    `https://canary.discord.com${path}`,
    `https://discord.com/api/v10/webhooks/${HOOK.id}/${HOOK.token}`,
    `https://discord.com${path}?wait=true`,
  ])('%s is the same webhook, however it is spelled', (text) => {
    expect(readDiscordWebhook(text, API)).toEqual(HOOK);
  });

  test('a sandbox in the place of Discord has the same path under its own address', () => {
    const api = 'http://127.0.0.1:8788/discord';
    expect(readDiscordWebhook(`${api}${path}`, api)).toEqual(HOOK);
    expect(executeUrl(api, HOOK)).toBe(
      `${api}/api/v10/webhooks/${HOOK.id}/${HOOK.token}?wait=true`,
    );
  });

  test.each([
    `http://discord.com${path}`,
    `https://discord.com.evil.example${path}`,
    `https://evil.example${path}`,
    `https://discord.com@evil.example${path}`,
    `https://user:pass@discord.com${path}`,
    `https://discord.com:8443${path}`,
    `https://discord.com/api/webhooks/${HOOK.id}`,
    `https://discord.com${path}/github`,
    `https://discord.com/api/webhooks/../../${HOOK.id}/${HOOK.token}`,
    'discord',
    '',
  ])('%s is none', (text) => {
    expect(readDiscordWebhook(text, API)).toBeNull();
  });
});
