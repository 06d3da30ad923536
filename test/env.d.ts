declare namespace Cloudflare {
  interface Env {
    MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}

declare module '*?raw' {
  const text: string;
  export default text;
}

/** A file as text. */
declare module '*?raw' {
  const text: string;
  export default text;
}
