import { html } from 'hono/html';

/** The front page: what the bot does, in Korean and English. */
export const home = html`<!doctype html>
<html lang="ko">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>소식 soshik</title>
  </head>
  <body>
    <h1>소식</h1>
    <p>넷플릭스 공개 예정작을 매주 토요일 X에 올리고, X 메시지에 답하는 봇이에요.</p>
    <p>봇에게 X 메시지로 <b>고양이</b>, <b>넷플릭스</b>, <b>도움말</b>이라고 말을 걸어 보세요.</p>
    <hr />
    <p lang="en">
      soshik posts what comes to Netflix on X every Saturday and answers direct messages. Say
      <b>cat</b>, <b>netflix</b> or <b>help</b> to it on X.
    </p>
  </body>
</html>`;
