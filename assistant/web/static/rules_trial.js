// A backtest: started, watched, stopped; and the page's first look.
const test = { key: '' };
const wait = (time) => new Promise((done) => setTimeout(done, time));

async function backtest(file = null) {
  const rule = open.rule;
  const at = find('[data-trial]');
  at.replaceChildren();
  try {
    test.key = (await ask('/backtests', 'POST', { change: change(), file })).key;
  } catch (error) {
    shown(at, error.message);
    return;
  }
  const key = test.key;
  running(true, 'Starting…');
  while (key === test.key && open.rule === rule && at.isConnected) {
    let now;
    try { now = await ask(`/backtests/${key}`); } catch (error) { shown(at, error.message); break; }
    running(!now.over, `${now.done.toLocaleString('en')} of ${now.total.toLocaleString('en')} replies`, now.total ? now.done / now.total : 0);
    if (now.over) {
      if (now.error) shown(at, now.error);
      else at.innerHTML = now.html;
      break;
    }
    await wait(250);
  }
  if (at.isConnected && key === test.key) running(false, '');
}

function shown(at, text) {
  at.replaceChildren(Object.assign(document.createElement('p'), { className: 'rw-problem', textContent: text }));
}

function running(on, text, part = 0) {
  find('[data-progress]').hidden = !on;
  find('[data-stop]').hidden = !on;
  find('[data-progress-text]').textContent = text;
  find('progress').value = part;
}

main.addEventListener('click', (event) => {
  if (event.target.closest('[data-backtest]')) backtest();
  if (event.target.closest('[data-choose-file]')) find('[data-file]').click();
  if (event.target.closest('[data-stop]') && test.key) ask(`/backtests/${test.key}`, 'DELETE').catch(() => {});
});
main.addEventListener('change', async (event) => {
  if (!event.target.matches('[data-file]') || !event.target.files.length) return;
  const file = event.target.files[0];
  const text = await file.text();
  event.target.value = '';
  if (text.length > 900000) shown(find('[data-trial]'), 'The file has more than 900,000 characters; give a part of it, or run: replywright rules backtest');
  else backtest({ name: file.name, text });
});

(async () => {
  await listed();
  const before = decodeURIComponent(location.hash.slice(1));
  if (before) await show(before);
  else welcome();
})();
