// Notices for everybody, for who may: an incident's words, a pause, and the end of either.
const desk = (window.replywright = window.replywright || {});
const dialog = element.querySelector('dialog');
const form = element.querySelector('form');
const answer = element.querySelector('[data-answer]');
const say = (text) => { answer.textContent = text; answer.hidden = !text; answer.dataset.is = 'refused'; };
const why = async (given) => { try { return (await given.json()).detail; } catch { return `the server answered ${given.status}`; } };

function chosen() {
  for (const part of element.querySelectorAll('[data-of]')) part.hidden = part.dataset.of !== form.kind.value;
  element.querySelector('[data-send]').textContent = form.kind.value === 'pause' ? 'Pause all replies' : 'Post it';
}
desk.tell = () => { form.reset(); chosen(); say(''); dialog.showModal(); };
desk.endNotice = async (button) => {
  button.disabled = true;
  const given = await fetch(`/api/v1/notices/${Number(button.dataset.end)}`, { method: 'DELETE' }).catch(() => null);
  if (given?.ok) desk.told('');
  else { button.disabled = false; button.textContent = 'Not ended: try again'; }
};
form.addEventListener('change', chosen);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const incident = form.kind.value === 'incident';
  const told = { kind: form.kind.value, text: form.text.value, url: (incident && form.url.value) || null };
  if (form.until.value) told.until = new Date(form.until.value).toISOString();
  const given = await fetch('/api/v1/notices', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(told),
  }).catch(() => null);
  if (given?.ok) { dialog.close(); desk.told(`new ${Date.now()}`); } else say(`Not posted: ${given ? await why(given) : 'no connection to the server'}`);
});
element.addEventListener('click', (event) => { if (event.target.closest('[data-close]')) dialog.close(); });
