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

async function showStep(url) {
  part().ariaBusy = 'true';
  try {
    const answer = await window.fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('#register');
    if (!next) return location.assign(url);
    for (const selector of ['header', '#register']) {
      document.querySelector(selector).replaceWith(page.querySelector(selector));
    }
    history.pushState(null, '', url);
    next.querySelector('h2').focus();
    offerCopies();
  } catch {
    part().ariaBusy = 'false';
    part().querySelector('[role="alert"]').textContent = part().dataset.failed;
  }
}

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
