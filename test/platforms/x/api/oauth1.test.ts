import { describe, expect, test, vi } from 'vitest';
import type { OAuth1Credentials, OAuth1Request } from '../../../../src/platforms/x/api/oauth1.ts';
import {
  authorizationHeader,
  percentEncode,
  signatureBaseString,
} from '../../../../src/platforms/x/api/oauth1.ts';

interface Vector {
  readonly name: string;
  readonly credentials: OAuth1Credentials;
  readonly request: OAuth1Request;
  readonly timestampSeconds: number;
  readonly nonce: string;
  readonly signature: string;
}

const docs = {
  credentials: {
    consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
    consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
    tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
  },
  form: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
  timestampSeconds: 1318622958,
  nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
};
const login = {
  consumerKey: 'cChZNFj6T5R0TigYB9yd1w',
  consumerSecret: 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
};
const loginToken = {
  ...login,
  token: 'NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0',
  tokenSecret: 'veNRnAWe6inFuo8o2u8SLLZLjolYDmDP7SzL0YfYI',
};
const old = {
  consumerKey: 'GDdmIQH6jhtmLUypg82g',
  consumerSecret: 'MCD8BKwGdgPHvAuvgvz4EQpqDAtx89grbuNMRd7Eh98',
};
const rfc = { consumerKey: 'dpf43f3p2l4k3l03', consumerSecret: 'kd94hf93k423kf44' };
const rfcPhotos = { ...rfc, token: 'nnch734d00sl2jdk', tokenSecret: 'pfkkdhi9sl3r4s00' };

function update(url: string, signature: string): Vector {
  const { credentials, form, timestampSeconds, nonce } = docs;
  const request = { method: 'POST', url: `${url}?include_entities=true`, form };
  return { name: `A ${url}`, credentials, request, timestampSeconds, nonce, signature };
}

function requestToken(host: string, signature: string): Vector {
  return {
    name: `B request_token ${host}`,
    credentials: login,
    request: {
      method: 'POST',
      url: `https://${host}/oauth/request_token`,
      oauth: { oauth_callback: 'http://localhost/sign-in-with-twitter/' },
    },
    timestampSeconds: 1318467427,
    nonce: 'ea9ec8429b68d6b77cd5600adbbb0456',
    signature,
  };
}

function accessToken(host: string, signature: string): Vector {
  return {
    name: `B access_token ${host}`,
    credentials: loginToken,
    request: {
      method: 'POST',
      url: `https://${host}/oauth/access_token`,
      form: { oauth_verifier: 'uw7NjWHT6OJ1MpJOXsHfNxoAhPKpgI8BlYDhxEjIBY' },
    },
    timestampSeconds: 1318467427,
    nonce: 'a9900fe68e2573b27a37f10fbad6a755',
    signature,
  };
}

const vectors: readonly Vector[] = [
  update('https://api.x.com/1.1/statuses/update.json', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='),
  update('https://api.twitter.com/1.1/statuses/update.json', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='),
  update('https://api.twitter.com/1/statuses/update.json', 'tnnArxj06cWHq44gCs1OSKk/jLY='),
  requestToken('api.twitter.com', 'F1Li3tvehgcraF8DMJ7OyxO4w9Y='),
  requestToken('api.x.com', 'X9xhcB9d+NxXd/ThJ/n51vPhetM='),
  accessToken('api.twitter.com', '39cipBtIOHEEnybAR4sATQTpl2I='),
  accessToken('api.x.com', 'G3DdousFWwxEepaZcmHguKqeBvs='),
  {
    name: 'C request_token',
    credentials: old,
    request: {
      method: 'POST',
      url: 'https://api.twitter.com/oauth/request_token',
      oauth: {
        oauth_callback: 'http://localhost:3005/the_dance/process_callback?service_provider_id=11',
      },
    },
    timestampSeconds: 1272323042,
    nonce: 'QP70eNmVz8jvdPevU3oJD2AfF7R7odC2XJcn4XlZJqk',
    signature: '8wUi7m5HFQy76nowoCThusfgB+Q=',
  },
  {
    name: 'C access_token',
    credentials: {
      ...old,
      token: '8ldIZyxQeVrFZXFOZH5tAwj6vzJYuLQpl0WUEYtWc',
      tokenSecret: 'x6qpRnlEmW9JbQn4PQVVeVG8ZLPEx6A0TOebgwcuA',
    },
    request: {
      method: 'POST',
      url: 'https://api.twitter.com/oauth/access_token',
      oauth: { oauth_verifier: 'pDNg57prOHapMbhv25RNf75lVRd6JDsni1AJJIDYoTY' },
    },
    timestampSeconds: 1272323047,
    nonce: '9zWH6qe0qG7Lc1telCn7FhUbLyVdjEaL3MO5uHxn8',
    signature: 'PUw/dHA4fnlJYM6RhXk5IU/0fCc=',
  },
  {
    name: 'C text beyond ASCII',
    credentials: {
      ...old,
      token: '819797-Jxq8aYUDRmykzVKrgoLhXSq67TEa5ruc4GJC2rWimw',
      tokenSecret: 'J6zix3FfA9LofH0awS24M3HcBYXO5nI1iYe8EfBA',
    },
    request: {
      method: 'POST',
      url: 'http://api.twitter.com/1/statuses/update.json',
      form: { status: 'setting up my twitter 私のさえずりを設定する' },
    },
    timestampSeconds: 1272325550,
    nonce: 'oElnnMTQIZvqvlfXM56aBLAf5noGD0AQR3Fmi7Q6Y',
    signature: 'yOahq5m0YjDDjfjxHaXEsW9D+X0=',
  },
  {
    name: 'D RFC 5849 initiate',
    credentials: rfc,
    request: {
      method: 'POST',
      url: 'https://photos.example.net/initiate',
      oauth: { oauth_callback: 'http://printer.example.com/ready' },
      includeVersion: false,
    },
    timestampSeconds: 137131200,
    nonce: 'wIjqoS',
    signature: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
  },
  {
    name: 'D RFC 5849 token',
    credentials: { ...rfc, token: 'hh5s93j4hdidpola', tokenSecret: 'hdhd0244k9j7ao03' },
    request: {
      method: 'POST',
      url: 'https://photos.example.net/token',
      oauth: { oauth_verifier: 'hfdp7dh39dks9884' },
      includeVersion: false,
    },
    timestampSeconds: 137131201,
    nonce: 'walatlh',
    signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
  },
  {
    name: 'D RFC 5849 photos',
    credentials: rfcPhotos,
    request: {
      method: 'GET',
      url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
      includeVersion: false,
    },
    timestampSeconds: 137131202,
    nonce: 'chapoH',
    signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
  },
  {
    name: 'D OAuth Core appendix A',
    credentials: rfcPhotos,
    request: {
      method: 'GET',
      url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
    },
    timestampSeconds: 1191242096,
    nonce: 'kllo9940pd9333jh',
    signature: 'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
  },
];

const stamp = { timestampSeconds: 137131201, nonce: '7d8f3e4a' };

function sign(tokenSecret: string): Promise<string> {
  const request = { method: 'GET', url: 'https://x.example/' };
  return authorizationHeader({ ...rfcPhotos, tokenSecret }, request, stamp);
}

function sentParameters(request: OAuth1Request): string {
  const base = signatureBaseString(rfc, request, stamp);
  const pairs = decodeURIComponent(base.split('&')[2] ?? '').split('&');
  return pairs.filter((pair) => !pair.startsWith('oauth_')).join('&');
}

function signedAddress(url: string): string {
  const base = signatureBaseString(rfc, { method: 'GET', url }, stamp);
  return decodeURIComponent(base.split('&')[1] ?? '');
}

describe('signatures', () => {
  test.each(vectors)('$name has the published signature', async (vector) => {
    const header = await authorizationHeader(vector.credentials, vector.request, vector);
    expect(header).toContain(`oauth_signature="${percentEncode(vector.signature)}"`);
  });

  test('the header holds the protocol parameters only, sorted, encoded and quoted', async () => {
    const request = {
      method: 'POST',
      url: 'https://api.x.com/oauth/request_token?x_auth_access_type=write',
      form: { status: 'hello', oauth_verifier: 'in-the-body' },
      oauth: { oauth_callback: 'https://soshik.example/login?a=b' },
    } as const;
    expect(await authorizationHeader(rfcPhotos, request, stamp)).toMatch(
      new RegExp(
        '^OAuth oauth_callback="https%3A%2F%2Fsoshik\\.example%2Flogin%3Fa%3Db", ' +
          'oauth_consumer_key="dpf43f3p2l4k3l03", oauth_nonce="7d8f3e4a", ' +
          'oauth_signature="[A-Za-z0-9%]+%3D", oauth_signature_method="HMAC-SHA1", ' +
          'oauth_timestamp="137131201", oauth_token="nnch734d00sl2jdk", oauth_version="1.0"$',
      ),
    );
  });

  test('a key is imported once, until many others have come between', async () => {
    const imports = vi.spyOn(crypto.subtle, 'importKey');
    const first = await sign('fake-first');
    expect(await sign('fake-first')).toBe(first);
    expect(imports).toHaveBeenCalledTimes(1);
    for (let index = 0; index < 40; index += 1) {
      expect(await sign(`fake-${index}`)).not.toBe(first);
    }
    expect(await sign('fake-first')).toBe(first);
    expect(imports).toHaveBeenCalledTimes(42);
    imports.mockRestore();
  });
});

describe('base string', () => {
  test('RFC 5849 section 3.4.1.1, with a name in both query and form', () => {
    const credentials = {
      consumerKey: '9djdj82h48djs9d2',
      consumerSecret: 'unused',
      token: 'kkk9d7dh3k39sjv7',
    };
    const request = {
      method: 'post',
      url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
      form: { c2: '', a3: '2 q' },
      includeVersion: false,
    };
    expect(signatureBaseString(credentials, request, stamp)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  test.each([
    ['a value with an equals sign stays whole', 'https://x.example/?a=b=c', 'a=b%3Dc'],
    ['a plus in a query is a space', 'https://x.example/?a=b+c', 'a=b%20c'],
    ['a repeated name is sorted by value', 'https://x.example/?a=2&a=1', 'a=1&a=2'],
    ['a repeated name may be empty first', 'https://x.example/?a=&a=1', 'a=&a=1'],
    ['a name that every object has', 'https://x.example/?toString=1', 'toString=1'],
    ['a broken escape is text', 'https://x.example/?a=%zz', 'a=%25zz'],
  ])('%s', (_name, url, expected) => {
    expect(sentParameters({ method: 'GET', url })).toBe(expected);
  });

  test('a lone surrogate is signed as U+FFFD, as it is sent', () => {
    const form = { text: 'a\ud800' };
    expect(sentParameters({ method: 'POST', url: 'https://x.example/', form })).toBe(
      'text=a%EF%BF%BD',
    );
  });

  test.each([
    ['HTTPS://API.X.COM:443/2/tweets', 'https://api.x.com/2/tweets'],
    ['https://api.x.com/2/tweets#top', 'https://api.x.com/2/tweets'],
    ['http://localhost:8787?a=b', 'http://localhost:8787/'],
  ])('the address %s is signed as %s', (url, expected) => {
    expect(signedAddress(url)).toBe(expected);
  });

  test('the request that is signed is left as it was', () => {
    const form = Object.freeze({ a: '1' });
    const oauth = Object.freeze({ oauth_callback: 'oob' });
    const request = { method: 'POST', url: 'https://x.example/?b=2', form, oauth };
    signatureBaseString(rfc, request, stamp);
    expect(request).toEqual({
      method: 'POST',
      url: 'https://x.example/?b=2',
      form: { a: '1' },
      oauth: { oauth_callback: 'oob' },
    });
  });
});

test.each([
  ['Ladies + Gentlemen', 'Ladies%20%2B%20Gentlemen'],
  ['An encoded string!', 'An%20encoded%20string%21'],
  ['Dogs, Cats & Mice', 'Dogs%2C%20Cats%20%26%20Mice'],
  ['☃', '%E2%98%83'],
  ["-._~!*'()", '-._~%21%2A%27%28%29'],
])('%s is encoded as %s', (text, expected) => {
  expect(percentEncode(text)).toBe(expected);
});
