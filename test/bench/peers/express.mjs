// A receiver as people write it with express: CRC is answered, deliveries are believed unread.
import { createHmac } from 'node:crypto';
import express from 'express';

const app = express();

app.get('/webhook/twitter', (request, response) => {
  const hmac = createHmac('sha256', process.env.TWITTER_API_SECRET);
  const token = hmac.update(request.query.crc_token).digest('base64');
  response.json({ response_token: `sha256=${token}` });
});
app.post('/webhook/twitter', express.json(), (_request, response) => {
  response.sendStatus(200);
});
app.listen(Number(process.env.PORT), '127.0.0.1');
