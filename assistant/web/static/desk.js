// The inbox list: filters, search, which message is open, and news from the server.
const desk = (window.replywright = window.replywright || {});
const keys = (desk.keys = desk.keys || new Map());
const PAGE = 200;
const LATE = 4000;   // milliseconds
const asked = { key: '', queue: 'all', channel: '', reason: '', query: '', most: PAGE };
let searching = 0;
let left = '';       // a message that was open and is to be let go
let before = '';     // the one that was open before the last decision
let looked = Date.now();

const items = () => [...element.querySelectorAll('.rw-item')];
const waits = (one) => !one.classList.contains('rw-item-done') && !('theirs' in one.dataset);
const current = () => items().findIndex((one) => one.dataset.key === asked.key);
let late = 0;        // says that the server is busy where an answer does not come; it is asked for again
const looks = latest((number) => {
  if (!late) late = setTimeout(() => document.body.classList.add('rw-overrun'), LATE);
  trigger('look', { ...asked, number });
});
const look = () => { looked = Date.now(); looks.ask(); };
const filter = (by) => { Object.assign(asked, { most: PAGE }, by); look(); };

desk.asked = () => ({ ...asked, number: looks.number, onward: desk.onwards?.() ?? true });
desk.turn = looks.act;   // calls what a button does when no other question is in flight
desk.turned = looks.done;
desk.opening = (key) => !!key && !!asked.key && asked.key !== key;   // another message than the one of that key is on its way
desk.look = look;
function opened(key) {
  if (key !== asked.key) { left = asked.key; before = asked.key || before; }
  asked.key = key;
  for (const one of items()) one.setAttribute('aria-current', String(one.dataset.key === key));
  history.replaceState(null, '', `#${encodeURIComponent(key)}`);
  desk.still?.();
}
desk.open = (key) => {
  opened(key);
  document.body.classList.remove('rw-show-list', 'rw-show-card');
  element.querySelector('.rw-item[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  look();
  present();
};
desk.step = (by) => {
  const all = items();
  const now = current();
  if (all.length) desk.open(all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + by))].dataset.key);
};
// The next that waits: below this one, else from the top.
desk.onward = () => {
  const all = items();
  const now = current();
  const next = [...all.slice(now + 1), ...all.slice(0, Math.max(0, now))].find(waits);
  if (next) desk.open(next.dataset.key);
};

element.addEventListener('click', (event) => {
  const item = event.target.closest('.rw-item');
  const tab = event.target.closest('[data-queue]');
  if (item) desk.open(item.dataset.key);
  if (tab) filter({ queue: tab.dataset.queue });
  if (event.target.closest('[data-more]')) { asked.most += PAGE; look(); }
  if (event.target.closest('[data-clear]')) {
    element.querySelector('#rw-search').value = '';
    filter({ queue: 'all', channel: '', reason: '', query: '' });
  }
});
element.addEventListener('change', (event) => {
  if (event.target.id === 'rw-channel') filter({ channel: event.target.value });
  if (event.target.id === 'rw-reason') filter({ reason: event.target.value });
});
element.addEventListener('input', (event) => {
  if (event.target.id !== 'rw-search') return;
  clearTimeout(searching);
  searching = setTimeout(() => filter({ query: event.target.value.slice(0, 200) }), 120);
});

// The server opens the most urgent message first, and the next one after a decision; a page that is loaded again
// returns to where it was.
watch('value', () => {
  const list = element.querySelector('[data-version]');
  if (!list) return;
  clearTimeout(late);
  late = 0;
  document.body.classList.remove('rw-overrun');
  const open = list.dataset.open;
  const onward = !!asked.key && list.dataset.after === asked.key;
  if (onward) opened(open);   // what waits to be asked is then asked of this one
  looks.got(Number(list.dataset.number));
  for (const [id, name] of [['#rw-channel', 'channel'], ['#rw-reason', 'reason']]) {
    const select = element.querySelector(id);
    if (select) select.value = asked[name];
  }
  const search = element.querySelector('#rw-search');
  if (search && search.value.slice(0, 200) !== asked.query && document.activeElement !== search) search.value = asked.query;
  if (!asked.key) {
    const kept = decodeURIComponent(location.hash.slice(1));
    if (kept && kept !== open && items().some((one) => one.dataset.key === kept)) desk.open(kept);
    else if (open) { asked.key = open; present(); }
  } else if (onward) {
    element.querySelector('.rw-item[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    present();
  } else opened(asked.key);
});

// A line at the foot of the page that goes by itself.
let noted = 0;
desk.note = (text) => {
  document.querySelector('.rw-toast')?.remove();
  const at = document.createElement('p');
  at.className = 'rw-toast';
  at.setAttribute('role', 'status');
  at.textContent = text;
  document.body.append(at);
  clearTimeout(noted);
  noted = setTimeout(() => at.remove(), 6000);
};

// Drafts arrive and colleagues decide: say what is open, ask for the version alone, and for the page when it changed.
let telling = Promise.resolve();
const present = (more = {}) => (telling = telling.catch(() => {}).then(() => tell(more)));
async function tell(more) {
  const said = { key: asked.key, left: left === asked.key ? '' : left, ...more };
  const answer = await fetch('api/inbox', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(said), cache: 'no-store',
  });
  if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { wait: Number(answer.headers.get('Retry-After')) });
  left = '';
  const news = await answer.json();
  const shown = element.querySelector('[data-version]')?.dataset.version;
  const since = Date.now() - looked;
  if (shown === undefined ? since > 2 * LATE : String(news.version) !== shown || since > 60000) look();
  desk.told?.(news.told);
  document.body.classList.remove('rw-offline');
  if (!late) document.body.classList.remove('rw-overrun');
  return news;
}
async function poll() {
  let pause = 3000;
  try {
    if (!document.hidden) pause = 1000 * (await present()).pause;
  } catch ({ wait }) {
    document.body.classList.toggle('rw-overrun', !!wait);
    document.body.classList.toggle('rw-offline', !wait);
    if (wait) pause = 1000 * wait;
  }
  setTimeout(poll, pause);
}
setTimeout(poll, 300);
desk.take = () => { if (document.querySelector('[data-take]')) present({ take: true }).then(look); };
addEventListener('pagehide', () => {
  const said = new Blob([JSON.stringify({ left: asked.key })], { type: 'application/json' });
  navigator.sendBeacon('api/inbox', said);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-card]')) document.body.classList.toggle('rw-show-card');
  if (event.target.closest('[data-take]')) desk.take();
});

const bind = (key, group, does, run) => keys.set(key, { group, does, run });
bind('j', 'Inbox', 'next and previous message', () => desk.step(1));
bind('k', 'Inbox', 'next and previous message', () => desk.step(-1));
bind('u', 'Inbox', 'next message that waits', () => desk.onward());
bind('b', 'Inbox', 'back to the message before', () => { if (before) desk.open(before); });
bind('/', 'Inbox', 'search, Esc to leave it', () => element.querySelector('#rw-search').focus());
for (let number = 1; number <= 7; number += 1) {
  bind(String(number), 'Inbox', 'filters, from the left', () => element.querySelectorAll('[data-queue]')[number - 1]?.click());
}
bind('m', 'Inbox', 'import messages from a file', () => desk.intake?.('import'));
bind('p', 'Inbox', 'paste one message', () => desk.intake?.('paste'));
bind('o', 'Inbox', 'take over from who is answering', () => desk.take());
bind('a', 'Reply', 'approve the text as it stands', () => desk.press?.('approve'));
bind('c', 'Reply', 'approve it and copy it', () => desk.press?.('copy'));
bind('e', 'Reply', 'edit the reply, Esc to leave it', () => desk.edit?.());
bind('Ctrl Enter', 'Reply', 'approve while editing');
bind('n', 'Reply', 'another draft', () => desk.another?.());
bind('s', 'Reply', 'escalate', () => desk.ask?.('escalate'));
bind('r', 'Reply', 'reject', () => desk.ask?.('reject'));
bind('i', 'Reply', 'context, where the window is narrow', () => document.body.classList.toggle('rw-show-card'));
