/* A reply while a model writes it: shown as it comes and marked as soon as a rule stops it. It stands in the place of the
   editor, can't be taken, and is gone once its draft is there, checked as a whole. */

const GROWS = ['another', 'anyway', 'retry', 'correct'];
const grown = new Map();    // by message: the newest state, and what ends the reading of it

async function follow(key) {
  const ends = new AbortController();
  const now = { text: '', findings: [], ends };
  unfollow(key);
  grown.set(key, now);
  growing();
  try {
    const body = JSON.stringify({ key });
    const answer = await fetch('api/growing', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal: ends.signal });
    if (!answer.ok) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { done: over, value } = await reader.read();
      if (over) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop();
      if (!lines.length) continue;
      Object.assign(now, JSON.parse(lines.at(-1)));
      growing();
    }
  } catch { /* what became of it is the answer to the press */ }
}
function unfollow(key) {
  if (!grown.has(key)) return;
  grown.get(key).ends.abort();
  grown.delete(key);
  growing();
}
function growing() {
  const now = grown.get(state.key);
  element.classList.toggle('rw-grows', !!now);
  find('[data-growing]').hidden = !now;
  if (!now) return;
  const stops = now.findings.filter((finding) => finding.blocking);
  const said = stops.length ? `A rule stops this already: ${sentence(stops[0].message)}` : now.text ? 'Being written, and checked as it grows.' : 'Being written…';
  const at = find('[data-growing-said]');
  if (at.textContent !== said) at.textContent = said;
  at.dataset.is = stops.length ? 'block' : 'waiting';
  find('[data-growing-text]').replaceChildren(...marked(now.text, now.findings));
}
// The text with its findings marked; where two overlap, the one that stops is shown.
function marked(text, findings) {
  const at = units(text);
  const places = findings.filter((one) => one.end > one.start).sort((one, other) => other.blocking - one.blocking || one.start - other.start);
  const taken = [];
  for (const one of places) if (taken.every((other) => one.end <= other.start || one.start >= other.end)) taken.push(one);
  const parts = [];
  let from = 0;
  for (const one of taken.sort((first, second) => first.start - second.start)) {
    parts.push(text.slice(from, at(one.start)));
    const mark = part('mark', `rw-mark-${kind(one)}`, text.slice(at(one.start), at(one.end)));
    mark.title = sentence(one.message);
    parts.push(mark);
    from = at(one.end);
  }
  return [...parts, text.slice(from)];
}
desk.stop = () => {
  if (!grown.has(state.key)) return;
  asked('api/press', { key: state.key, action: 'stop', asked: desk.asked() }).catch(() => {});
  find('[data-growing-said]').textContent = 'Being stopped…';
};
find('[data-growing-text]').addEventListener('copy', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !grown.has(state.key) || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  desk.stop();
}, true);
