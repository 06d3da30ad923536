/** What stands above the sections of docs/reliability.md. */
export const INTRO = `# Reliability

\`npm run soak -- --seed 1 --days 3\` lets days pass and prints what came of them; with \`--write\` it writes this; a day of a dozen people
is part of \`npm test\`. The bundle runs in
the real runtime beside the sandbox of all platforms, both on one clock. People of three channels (Telegram, KakaoTalk, X) have
registered by talking; commits, releases, menus, titles and questions happen, and the world itself knows what has to be told to
whom. Meanwhile, all by the seed:

- platforms are out for a minute to a day (each on three days of ten), and two calls in a hundred go wrong by themselves: the
  platform's own words with 500 to 503, HTML with 200, 429 with seconds, with a date, without a word, with a wait of 400 days, a
  reset, silence, an answer lost after the call took effect, half an answer;
- one invocation in a hundred or so dies, before or after one of its first 25 operations (D1, KV, queue, network);
- crons are missed (2 in 100), late by up to 25 minutes (3) or come twice (3); messages of the queues are lost (1), come twice (2)
  and in any order.

Two days of good weather follow, then the books are closed: what was owed has to have arrived, once; twice only where the answer
to the first had been lost, so that nobody could know. A menu counts as over two hours after it is due. Late is what took longer than
outages on its way and 100 minutes, and 100 more for each outage; a branch that was quiet for a week is looked at every 2 hours
only. A question has to be answered in two hours, and two more after each outage; a title to be posted on its Saturday, unless
the page that tells of it was away then. The exit code is 1 when something is lost, repeated or not answered, or an incident
stays open.`;
