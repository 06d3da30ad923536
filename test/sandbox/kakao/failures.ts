/** Statuses and words of kapi's error codes (docs/platforms/kakao.md, Errors). */
const failures = {
  '-1': [400, 'internal error'],
  '-2': [400, 'invalid parameter'],
  '-3': [403, 'the feature is not activated'],
  '-10': [400, 'API limit has been exceeded.'],
  '-101': [400, 'NotRegisteredUserException'],
  '-401': [401, 'this access token does not exist'],
  '-402': [403, 'insufficient scopes.'],
  '-501': [400, 'user does not have a kakaotalk account.'],
  '-502': [400, 'given receiver is not a friend.'],
  '-530': [400, 'receiver blocked messages of this app.'],
  '-532': [400, 'daily message limit per sender has been exceeded.'],
  '-533': [400, 'daily message limit per receiver has been exceeded.'],
  '-536': [400, 'daily message limit per sender and receiver has been exceeded.'],
} as const;

export type KakaoCode = keyof typeof failures;

/** What kapi says about a code. */
export function kakaoWords(code: KakaoCode): string {
  return failures[code][1];
}

/** kapi's error answer: `{"msg":"..","code":-401}`. */
export function kakaoFailure(
  code: KakaoCode,
  msg: string = kakaoWords(code),
  more: Readonly<Record<string, unknown>> = {},
): Response {
  return Response.json({ msg, code: Number(code), ...more }, { status: failures[code][0] });
}

/** Statuses and `error` of the login host's codes (docs/platforms/kakao.md, Tokens). */
const loginFailures = {
  KOE001: [400, 'invalid_request'],
  KOE002: [404, 'invalid_request'],
  KOE004: [400, 'misconfigured'],
  KOE005: [400, 'unauthorized'],
  KOE006: [400, 'invalid_request'],
  KOE007: [400, 'invalid_request'],
  KOE101: [401, 'invalid_client'],
  KOE201: [400, 'invalid_request'],
  KOE205: [400, 'invalid_scope'],
  KOE237: [400, 'invalid_request'],
  KOE303: [400, 'invalid_grant'],
  KOE310: [400, 'misconfigured'],
  KOE319: [400, 'invalid_request'],
  KOE320: [400, 'invalid_grant'],
  KOE322: [400, 'invalid_grant'],
  KOE010: [401, 'invalid_client'],
} as const;

export type LoginCode = keyof typeof loginFailures;

/** Status of a code of the login host. */
export function loginStatus(code: LoginCode): 400 | 401 | 404 {
  return loginFailures[code][0];
}

/** The token endpoint's error answer. */
export function loginFailure(
  code: LoginCode,
  description: string,
  status: number = loginStatus(code),
): Response {
  const body = { error: loginFailures[code][1], error_description: description, error_code: code };
  return Response.json(body, { status });
}
