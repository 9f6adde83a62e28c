// The inbox list: filters, search, which message is open, and the keys that work everywhere on the page.
const desk = (window.replywright = window.replywright || {});
const asked = { key: '', queue: 'all', channel: '', query: '' };
let searching = 0;

const items = () => [...element.querySelectorAll('.rw-item')];
const look = () => trigger('look', { ...asked });
const mark = () => items().forEach((one) => one.setAttribute('aria-current', String(one.dataset.key === asked.key)));

desk.asked = () => ({ ...asked });
desk.open = (key) => {
  asked.key = key;
  mark();
  document.body.classList.remove('rw-show-list', 'rw-show-card');
  history.replaceState(null, '', `#${encodeURIComponent(key)}`);
  look();
};
desk.step = (by) => {
  const all = items();
  if (!all.length) return;
  const now = all.findIndex((one) => one.dataset.key === asked.key);
  const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + by))];
  next.scrollIntoView({ block: 'nearest' });
  desk.open(next.dataset.key);
};

element.addEventListener('click', (event) => {
  const item = event.target.closest('.rw-item');
  const tab = event.target.closest('[data-queue]');
  if (item) desk.open(item.dataset.key);
  if (tab) { asked.queue = tab.dataset.queue; look(); }
  if (event.target.closest('[data-clear]')) {
    Object.assign(asked, { queue: 'all', channel: '', query: '' });
    element.querySelector('#rw-search').value = '';
    look();
  }
});
element.addEventListener('change', (event) => {
  if (event.target.id === 'rw-channel') { asked.channel = event.target.value; look(); }
});
element.addEventListener('input', (event) => {
  if (event.target.id !== 'rw-search') return;
  clearTimeout(searching);
  searching = setTimeout(() => { asked.query = event.target.value.slice(0, 200); look(); }, 150);
});

// The server opens the most urgent message first; a page that is loaded again returns to where it was.
watch('value', () => {
  const select = element.querySelector('#rw-channel');
  if (select) select.value = asked.channel;
  if (asked.key) { mark(); return; }
  const before = decodeURIComponent(location.hash.slice(1));
  const open = element.querySelector('.rw-item[aria-current="true"]') || items()[0];
  if (before && items().some((one) => one.dataset.key === before)) desk.open(before);
  else if (open) asked.key = open.dataset.key;
});

// Drafts arrive and colleagues decide: ask for the version alone, and for the page only when it changed.
async function poll() {
  let pause = 3000;
  try {
    if (!document.hidden) {
      const answer = await (await fetch('api/inbox', { cache: 'no-store' })).json();
      if (answer.drafting) pause = 700;
      const shown = element.querySelector('[data-version]')?.dataset.version;
      if (shown !== undefined && String(answer.version) !== shown) look();
      document.body.classList.remove('rw-offline');
    }
  } catch {
    document.body.classList.add('rw-offline');
  }
  setTimeout(poll, pause);
}
setTimeout(poll, 300);

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-card]')) document.body.classList.toggle('rw-show-card');
});

const KEYS = {
  j: () => desk.step(1),
  k: () => desk.step(-1),
  a: () => desk.press?.('approve'),
  c: () => desk.press?.('copy'),
  e: () => desk.edit?.(),
  n: () => desk.another?.(),
  f: () => desk.finding?.(1),
  F: () => desk.finding?.(-1),
  x: () => desk.fix?.(),
  d: () => desk.ask?.('rewrite'),
  g: () => desk.ask?.('triage'),
  v: () => desk.readThread?.(),
  s: () => desk.ask?.('escalate'),
  r: () => desk.ask?.('reject'),
  i: () => document.body.classList.toggle('rw-show-card'),
  '/': () => element.querySelector('#rw-search').focus(),
  '?': () => desk.help?.(),
};
document.addEventListener('keydown', (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector('dialog[open]')) return;
  const typing = at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName);
  if (event.key === 'Escape') {
    if (typing) at.blur();
    document.body.classList.remove('rw-show-card', 'rw-show-list');
    return;
  }
  if (typing || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
