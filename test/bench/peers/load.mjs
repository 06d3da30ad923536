// Asks one address as fast as it answers, for a while; prints what came of it as JSON.
import autocannon from 'autocannon';

const { url, method, headers, body, seconds, expected } = JSON.parse(process.argv[2]);
const result = await autocannon({
  url,
  method,
  headers,
  ...(body && { body }),
  connections: 16,
  duration: seconds,
});
const right = result.statusCodeStats?.[expected]?.count ?? 0;
process.stdout.write(
  JSON.stringify({
    requests: result.requests.total,
    wrong: result.requests.total - right + result.errors,
    seconds: result.duration,
  }),
);
