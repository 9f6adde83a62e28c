// The keys of a page, each bound where what it does is: pressed anywhere but in a field. The overlay lists every one.
const desk = (window.replywright = window.replywright || {});
const keys = (desk.keys = desk.keys || new Map());
const KEPT = 'replywright-onward';
const dialog = element.querySelector('dialog');
const onward = element.querySelector('[data-onward]');

desk.onwards = () => { try { return localStorage.getItem(KEPT) !== 'no'; } catch { return true; } };
onward.addEventListener('change', () => {
  try { localStorage.setItem(KEPT, onward.checked ? 'yes' : 'no'); } catch { /* a private window keeps nothing */ }
});
keys.set('?', { group: 'Everywhere', does: 'this help', run: () => desk.showKeys() });

desk.showKeys = () => {
  const groups = new Map();
  for (const [key, one] of keys) {
    const rows = groups.get(one.group) || groups.set(one.group, new Map()).get(one.group);
    (rows.get(one.does) || rows.set(one.does, []).get(one.does)).push(key);
  }
  const made = (tag, text, ...children) => {
    const at = document.createElement(tag);
    if (text) at.textContent = text;
    at.append(...children);
    return at;
  };
  const caps = (pressed) => (pressed.length > 3 ? [pressed[0], '–', pressed.at(-1)] : pressed.flatMap((key) => key.split(' ')))
    .flatMap((key) => [key === '–' ? ' to ' : made('kbd', key), ' ']);
  element.querySelector('[data-keys]').replaceChildren(...[...groups].map(([group, rows]) => {
    const list = made('dl', '', ...[...rows].flatMap(([does, pressed]) => [made('dt', '', ...caps(pressed)), made('dd', does)]));
    list.className = 'rw-keys';
    return made('section', '', made('h4', group), list);
  }));
  element.querySelector('[data-setting]').hidden = !document.querySelector('#rw-inbox');
  onward.checked = desk.onwards();
  dialog.showModal();
};
element.addEventListener('click', (event) => { if (event.target.closest('[data-close]')) dialog.close(); });

document.addEventListener('keydown', (event) => {
  const at = event.target;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector('dialog[open]')) return;
  const typing = at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName);
  if (event.key === 'Escape') {
    if (typing) at.blur();
    document.body.classList.remove('rw-show-card', 'rw-show-list');
    return;
  }
  const bound = keys.get(event.key);
  if (typing || !bound?.run) return;
  event.preventDefault();
  bound.run();
});
