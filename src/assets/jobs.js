// Shows what the jobs do while the page is open, and starts them without leaving it.
const list = document.querySelector('[data-live]');
const note = document.getElementById('live-note');
const SOON_MS = 2000;
const LATER_MS = 15_000;
let timer;

function show({ slot, isActive, jobs }) {
  note.textContent = '';
  for (const { id, badge, lines, done, total } of jobs) {
    const row = list.querySelector(`[data-job="${id}"]`);
    if (!row) continue;
    const [state, bar] = [row.querySelector('.badge'), row.querySelector('progress')];
    state.className = `badge ${badge.state}`;
    state.textContent = badge.text;
    row.querySelector('[data-lines]').textContent = lines;
    bar.hidden = total === 0;
    bar.max = Math.max(1, total);
    bar.value = done;
    // Another press is another run.
    for (const form of row.querySelectorAll('form')) {
      form.action = form.action.replace(/\d+$/, slot);
    }
    for (const link of row.querySelectorAll('a')) link.href = link.href.replace(/\d+$/, slot);
  }
  clearTimeout(timer);
  timer = setTimeout(look, isActive ? SOON_MS : LATER_MS);
}

async function ask(address, options) {
  try {
    const headers = { accept: 'application/json' };
    const answer = await fetch(address, { ...options, headers });
    // The session is over: the login asks for the password.
    if (answer.redirected || answer.status === 401) location.reload();
    else if (answer.ok) show(await answer.json());
    else throw new Error(String(answer.status));
  } catch {
    note.textContent = note.dataset.offline;
    clearTimeout(timer);
    timer = setTimeout(look, LATER_MS);
  }
}

function look() {
  if (document.hidden) timer = setTimeout(look, SOON_MS);
  else void ask(list.dataset.live);
}

for (const form of list.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  });
}
look();
