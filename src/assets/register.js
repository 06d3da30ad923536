/*
 * Registering a repository without leaving the page: the next step, a page of its own, takes the
 * place of this one. Without this script, or when it fails, the pages follow each other.
 */
const part = () => document.querySelector('#register');

function offerCopies() {
  for (const button of part()?.querySelectorAll('[data-copied]') ?? []) {
    button.hidden = !navigator.clipboard;
  }
}

async function copyBeside(button) {
  const words = button.parentElement.querySelector('code');
  try {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = button.dataset.copied;
  } catch {
    // Not allowed here: left to the reader's own hand.
    getSelection().selectAllChildren(words);
  }
}

async function showStep(url, isNew = true) {
  const status = part().querySelector('[data-busy]');
  part().ariaBusy = 'true';
  status.textContent = isNew ? status.dataset.busy : '';
  try {
    const answer = await window.fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('#register');
    if (!next) return location.assign(url);
    for (const selector of ['header', '#register']) {
      document.querySelector(selector).replaceWith(page.querySelector(selector));
    }
    if (isNew) history.pushState(null, '', url);
    next.querySelector('h2').focus();
    offerCopies();
    awaitCode();
  } catch {
    part().ariaBusy = 'false';
    status.textContent = '';
    part().querySelector('[role="alert"]').textContent = part().dataset.failed;
  }
}

/** Asks whether the code was said in a chat: often at first, then seldom, and on coming back. */
const SECONDS = [3, 60, 10, 900, 60, 3600];
let asking;

function awaitCode() {
  clearTimeout(asking);
  const ticket = part()?.querySelector('[data-ticket]')?.dataset.ticket;
  if (ticket) askAgain(ticket, Date.now());
}

function askAgain(ticket, since) {
  const age = (Date.now() - since) / 1000;
  clearTimeout(asking);
  const at = [1, 3, 5].find((index) => age < SECONDS[index]);
  if (at) asking = setTimeout(() => void ask(ticket, since), 1000 * SECONDS[at - 1]);
}

async function ask(ticket, since) {
  clearTimeout(asking);
  try {
    const answer = await window.fetch(`/register/done?ticket=${ticket}`);
    if ((await answer.json()).done) return await showStep(location.href, false);
  } catch {
    // Asked again in a while.
  }
  askAgain(ticket, since);
}

document.addEventListener('visibilitychange', () => {
  const ticket = part()?.querySelector('[data-ticket]')?.dataset.ticket;
  if (ticket && document.visibilityState === 'visible') void ask(ticket, Date.now());
});

document.addEventListener('submit', (event) => {
  // What is posted holds a secret, which belongs in no address.
  if (!part()?.contains(event.target) || event.target.method === 'post') return;
  event.preventDefault();
  void showStep(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('#register [data-copied]');
  if (button) {
    void copyBeside(button);
    return;
  }
  const link = event.target.closest('#register a[href^="/register"]');
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void showStep(link.href);
});

document.addEventListener('paste', (event) => {
  if (event.target.name !== 'address' || event.target.value !== '') return;
  // The text is there only after this event.
  setTimeout(() => event.target.form.requestSubmit());
});

addEventListener('popstate', () => location.reload());
offerCopies();
awaitCode();
