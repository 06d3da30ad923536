/** Starts a Worker in an isolate that never ran before, and has it answer once. */
let count = 0;

export default {
  async fetch(request, env) {
    const which = new URL(request.url).pathname.slice(1);
    if (env[which] === undefined) return new Response(null, { status: 404 });
    count += 1;
    const fresh = env.LOADER.get(`${which}-${count}`, () => ({
      compatibilityDate: '2026-10-23',
      mainModule: 'index.js',
      modules: { 'index.js': env[which] },
      env: { TWITTER_API_SECRET: 'consumer-secret-of-the-bench' },
    }));
    const answer = await fresh.getEntrypoint().fetch('https://worker.example/nowhere');
    await answer.arrayBuffer();
    return new Response(String(answer.status));
  },
};
