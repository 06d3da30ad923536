import type { Mailer } from '../../src/bot/context.ts';

export type SentMail = Parameters<Mailer['send']>[0];

/** Cloudflare's `send_email` with a fixed destination, and what arrived there. */
export interface MailSandbox extends Mailer {
  readonly inbox: SentMail[];
  /** Addresses whose owner has pressed the link of Email Routing. */
  readonly verified: Set<string>;
  /** Domains of the account with Email Routing. */
  readonly domains: Set<string>;
  /** While set, it fails by itself with this code. */
  fault: string | null;
}

/** An account with Email Routing on `soshik.example`, as the binding behaves (docs/platforms/cloudflare.md, Mail). */
export function createMailSandbox(destination: string): MailSandbox {
  const sandbox: MailSandbox = {
    inbox: [],
    verified: new Set([destination]),
    domains: new Set(['soshik.example']),
    fault: null,
    send: async (mail) => {
      if (sandbox.fault !== null) refuse(sandbox.fault);
      const isFlat = !/[\r\n]/.test(`${mail.from}${mail.to}${mail.subject}`);
      const isWhole = mail.subject !== '' && mail.subject.length <= 998 && mail.text !== '';
      if (!isFlat || !isWhole) refuse('E_VALIDATION_ERROR');
      if (!sandbox.domains.has(mail.from.replace(/^.*@/, ''))) refuse('E_SENDER_NOT_VERIFIED');
      if (mail.to !== destination || !sandbox.verified.has(mail.to)) {
        refuse('E_RECIPIENT_NOT_ALLOWED');
      }
      sandbox.inbox.push(mail);
      return { messageId: `<${sandbox.inbox.length}@soshik.example>` };
    },
  };
  return sandbox;
}

function refuse(code: string): never {
  throw Object.assign(new Error(`${code}: refused`), { code });
}
