/** The work alone: what a Worker does at least to answer CRC, and to know a delivery is X's. */
const encoder = new TextEncoder();
let key;

const keyOf = (secret) =>
  (key ??= crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  ));

const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

export default {
  async fetch(request, env) {
    const hmac = await keyOf(env.TWITTER_API_SECRET);
    if (request.method === 'GET') {
      const token = new URL(request.url).searchParams.get('crc_token');
      const mac = await crypto.subtle.sign('HMAC', hmac, encoder.encode(token));
      return Response.json({ response_token: `sha256=${base64(mac)}` });
    }
    const mac = bytes(request.headers.get('x-twitter-webhooks-signature').slice('sha256='.length));
    const body = await request.arrayBuffer();
    const isRight = await crypto.subtle.verify('HMAC', hmac, mac, body);
    return new Response(null, { status: isRight ? 200 : 401 });
  },
};
