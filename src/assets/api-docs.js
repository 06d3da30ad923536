// Lets the page try the API: a form is sent with the key that was typed in, which the browser keeps
// as long as the tab is open, and the answer is shown as text.
const key = document.getElementById('key');
key.value = sessionStorage.getItem('soshik-api-key') ?? '';
key.addEventListener('input', () => sessionStorage.setItem('soshik-api-key', key.value));

async function send(form, button) {
  const output = form.nextElementSibling;
  const { method, failed } = form.dataset;
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const headers = {
    authorization: `Bearer ${key.value}`,
    'accept-language': document.documentElement.lang,
  };
  const inBody = method === 'POST';
  button.disabled = true;
  try {
    const to = inBody ? form.action : `${form.action}?${fields}`;
    const answer = await fetch(to, { method, headers, ...(inBody && { body: fields }) });
    output.textContent = `${answer.status}\n${JSON.stringify(await answer.json(), null, 2)}`;
  } catch {
    output.textContent = failed;
  }
  button.disabled = false;
}

for (const form of document.querySelectorAll('form')) {
  const button = form.querySelector('button');
  button.disabled = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form, button);
  });
}
