/** The owner's password as it is set among the Worker's secrets. */
export type Password =
  | { readonly state: 'set'; readonly value: string }
  | { readonly state: 'missing' }
  | { readonly state: 'short' };

export const MIN_PASSWORD_LENGTH = 12;

/** What the owner's pages stand on. */
export interface AdminSettings {
  readonly password: Password;
  /** `TOKEN_KEY` as it is set; whether it is a key, the signer tells. */
  readonly tokenKey: string;
}

/** Reads the secrets of the owner's pages; a blank one counts as missing. */
export function adminSettings(env: object): AdminSettings {
  const values = new Map<string, unknown>(Object.entries(env));
  const read = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { password: toPassword(read('ADMIN_PASSWORD')), tokenKey: read('TOKEN_KEY') };
}

function toPassword(value: string): Password {
  if (value === '') return { state: 'missing' };
  return value.length < MIN_PASSWORD_LENGTH ? { state: 'short' } : { state: 'set', value };
}
