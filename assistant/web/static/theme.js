// The bar at the top. Light or dark: as the system says until somebody chooses; the choice and one setting are the only
// things that these pages keep in the browser.
const desk = (window.replywright = window.replywright || {});
const KEPT = 'replywright-theme';
const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
const paint = (dark) => document.body.classList.toggle('dark', dark);
if (kept()) paint(kept() === 'dark');
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-theme-toggle]')) {
    const dark = !document.body.classList.contains('dark');
    paint(dark);
    try { localStorage.setItem(KEPT, dark ? 'dark' : 'light'); } catch { /* a private window keeps nothing */ }
  }
  if (event.target.closest('[data-help]')) desk.showKeys?.();
  if (event.target.closest('[data-tell]')) desk.tell?.();
  if (event.target.closest('[data-list]')) document.body.classList.toggle('rw-show-list');
  const end = event.target.closest('[data-end]');
  if (end) desk.endNotice?.(end);
});

// Notices begin and end: the inbox hears of it with its own news, every other page asks.
desk.told = (now) => {
  const shown = element.querySelector('[data-told]');
  if (shown && shown.dataset.told !== now) trigger('look', {});
};
async function ask() {
  if (document.querySelector('#rw-inbox')) return;
  try {
    if (!document.hidden) desk.told((await (await fetch('/api/inbox', { cache: 'no-store' })).json()).told);
  } catch { /* the next try says it */ }
  setTimeout(ask, 10000);
}
setTimeout(ask, 10000);
