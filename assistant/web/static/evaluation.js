// What is shown stands in the address (#view=run&run=NAME), so that back, forward and a link to somebody work.
const FIELDS = ['view', 'run', 'other', 'rate'];
const read = () => Object.fromEntries([...new URLSearchParams(location.hash.slice(1))].filter(([name]) => FIELDS.includes(name)));
const looks = latest((number) => trigger('look', { ...read(), number }));
const look = () => looks.ask();
const act = (done) => trigger('look', { ...read(), number: looks.number, ...done });
const goTo = (asked) => { location.hash = new URLSearchParams(asked).toString(); };
const page = () => element.querySelector('[data-view]');
const pairs = new Set();
// The page is drawn anew each second while a run goes on: the reader stays where they were, with the same control in hand.
const CONTROLS = ['data-stop', 'data-new', 'data-compare', 'data-resume'];
const handle = (node) => {
  if (!node || !element.contains(node)) return '';
  const name = CONTROLS.find((one) => node.hasAttribute(one));
  if (name) return node.getAttribute(name) ? `[${name}="${CSS.escape(node.getAttribute(name))}"]` : `[${name}]`;
  if (node.name === 'pair') return `[name="pair"][value="${CSS.escape(node.value)}"]`;
  if (node.name === 'rate') return '[name="rate"]';
  return node.hasAttribute('href') ? `a[href="${CSS.escape(node.getAttribute('href'))}"]` : '';
};
let held = '', place = 0;
element.addEventListener('focusin', (event) => { held = handle(event.target); });
element.addEventListener('scroll', (event) => { if (event.target.matches?.('.rw-page')) place = event.target.scrollTop; }, true);
let marks = {}, shownFor = '', shownView = '';

// A run is one self-contained page. It is shown in a frame without any right to ours: no origin, no cookie, no request.
const report = async (frame) => {
  const asked = read(), wait = element.querySelector('.rw-report-wait');
  const query = new URLSearchParams({ run: asked.run || '', other: asked.view === 'diff' ? asked.other || '' : '' });
  try {
    const answer = await fetch(`/api/v1/evaluation/report?${query}`, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    frame.srcdoc = await answer.text();
    frame.hidden = false;
    wait.hidden = true;
    frame.addEventListener('load', () => frame.focus(), { once: true });
  } catch (error) {
    wait.textContent = `This can’t be shown: ${error.message}`;
    wait.setAttribute('role', 'alert');
  }
};

const scales = () => [...element.querySelectorAll('.rw-scale')];
const showMarks = () => {
  const open = scales().find((scale) => !(scale.dataset.scale in marks));
  for (const scale of scales()) {
    scale.classList.toggle('rw-scale-now', scale === open);
    for (const button of scale.querySelectorAll('.rw-mark')) button.setAttribute('aria-pressed', String(marks[scale.dataset.scale] === Number(button.dataset.mark)));
  }
  return open;
};
const mark = (scale, value) => {
  marks[scale.dataset.scale] = value;
  if (showMarks()) return;
  act({ act: 'mark', id: page().dataset.id, marks });
  marks = {};
};

const compare = () => {
  const button = element.querySelector('[data-compare]');
  if (!button) return;
  for (const box of element.querySelectorAll('[name="pair"]')) box.checked = pairs.has(box.value);
  button.disabled = pairs.size !== 2;
  button.textContent = pairs.size === 2 ? 'Compare these two' : pairs.size === 1 ? 'Choose one more' : 'Compare two';
};

element.addEventListener('click', (event) => {
  const target = event.target;
  if (target.closest('[data-new]')) element.querySelector('.rw-order').showModal();
  if (target.closest('[data-stop]')) act({ act: 'stop' });
  const resumed = target.closest('[data-resume]');
  if (resumed) act({ view: 'runs', act: 'resume', run: resumed.dataset.resume });
  if (target.closest('[data-compare]')) {
    // The list is newest first: the older of the two is the measure.
    const [after, before] = [...element.querySelectorAll('[name="pair"]:checked')].map((box) => box.value);
    goTo({ view: 'diff', run: before, other: after });
  }
  const chosen = target.closest('.rw-mark');
  if (chosen) mark(chosen.closest('.rw-scale'), Number(chosen.dataset.mark));
});
element.addEventListener('change', (event) => {
  if (event.target.name === 'pair') {
    event.target.checked ? pairs.add(event.target.value) : pairs.delete(event.target.value);
    compare();
  }
  if (event.target.name === 'rate') goTo({ ...read(), rate: event.target.value });
});
element.addEventListener('submit', (event) => {
  if (event.submitter?.value !== 'start') return;
  const { suite, by, epochs, votes = '0' } = Object.fromEntries(new FormData(event.target));
  act({ view: 'runs', act: 'start', order: { suite, by, epochs: Number(epochs), votes: Number(votes) } });
});
document.addEventListener('keydown', (event) => {
  if (page()?.dataset.view !== 'label' || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea') || document.querySelector('dialog[open]')) return;
  const open = scales().find((scale) => !(scale.dataset.scale in marks));
  if (/^[1-5]$/.test(event.key) && open && !event.repeat) { event.preventDefault(); mark(open, Number(event.key)); }
  if (event.key === 'Backspace') {
    event.preventDefault();
    const last = scales().filter((scale) => scale.dataset.scale in marks).at(-1);
    if (last) delete marks[last.dataset.scale];
    showMarks();
  }
});
addEventListener('hashchange', look);
watch('value', () => requestAnimationFrame(() => {
  const now = page(), frame = element.querySelector('.rw-report');
  if (!looks.got(Number(now?.dataset.number ?? Infinity)) || !now) return;
  if (frame && !frame.srcdoc) report(frame);
  if (now.dataset.view === 'label') {
    if (shownFor !== now.dataset.id) marks = {};
    shownFor = now.dataset.id;
    showMarks();
  }
  compare();
  if (now.dataset.view === shownView) {
    const scrolled = element.querySelector('.rw-page');
    if (scrolled) scrolled.scrollTop = place;
    if (held && document.activeElement === document.body) element.querySelector(held)?.focus({ preventScroll: true });
  } else place = 0;
  shownView = now.dataset.view;
}));
if (location.hash) look();

// How far a run is, is asked for once a second while one goes on, and the page drawn anew only where that changed.
let told = '';
const follow = async () => {
  try {
    if ('running' in (page()?.dataset ?? {})) {
      const now = await (await fetch('/api/v1/evaluation/running')).text();
      if (now !== told) look();
      told = now;
    }
  } catch { /* the server is away for a moment; the bar at the top says so */ }
  setTimeout(follow, 1000);
};
follow();
