// Light or dark: as the system says until somebody chooses. The choice is the only thing this page keeps in the browser.
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
  if (event.target.closest('[data-help]')) window.replywright?.help?.();
  if (event.target.closest('[data-list]')) document.body.classList.toggle('rw-show-list');
});
