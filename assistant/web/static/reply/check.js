/* The check of each keystroke: 40 ms after it, one at a time, and an answer counts only for the text it is about. */

const KINDS = ['rw-block', 'rw-error', 'rw-warning', 'rw-suggestion'];
let asking = 0;      // number of the newest text
let checking = false;   // one is on its way; the newest text is checked when it is back
let timer = 0;
let report = null;   // of `reported`, the last text that was checked
let reported = null;

function clear() {
  if (painted) KINDS.forEach((name) => CSS.highlights.delete(name));
  report = reported = null;
  located = [];
  hint(null);
  find('[data-findings]').replaceChildren();
  find('[data-findings]').hidden = true;
}
function verdict(name, text) {
  const at = find('[data-verdict]');
  at.dataset.is = name;
  at.textContent = text;
}
function changed() {
  keep();
  fixing = false;
  wanted = null;
  hint(null);
  lead();
  asking += 1;
  later(40);
}
function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(check, wait);
}
async function check() {
  clearTimeout(timer);
  timer = 0;
  if (checking) return;
  const number = asking;
  const text = read();
  const key = state.key;
  if (!key || state.decision) return;
  if (!text.trim()) { clear(); advise(''); verdict('', ''); tell('[data-counter]', counter(0, state.limit)); return; }
  if (!find('[data-verdict]').textContent) verdict('waiting', 'Checking…');
  let got, problem;
  checking = true;
  try {
    got = await asked('api/check', { key, text });
  } catch (error) {
    problem = error;
  }
  checking = false;
  if (number !== asking) {
    if (!timer) check();
  } else if (problem) {
    clear();
    advise('');
    if (problem.wait) { verdict('waiting', 'The server is busy: your text is kept, and checked in a moment.'); later(1000 * problem.wait); }
    else verdict('incomplete', `Not checked: ${problem.message}`);
  } else if (key === state.key && text === read()) show(text, got);
}
async function asked(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const got = await answer.json();
  if (!answer.ok) {
    const said = typeof got.detail === 'string' ? got.detail : `the server answered ${answer.status}`;
    throw Object.assign(new Error(said), { wait: Number(answer.headers.get('Retry-After')) });
  }
  return got;
}
const counter = (counted, limit) => `${counted.toLocaleString('en')}${limit ? ` / ${limit.toLocaleString('en')}` : ''}${state.channel ? ` on ${state.channel}` : ''}`;

function show(text, got) {
  const open = shownHint();
  clear();
  report = got;
  reported = text;
  const at = units(text);
  const places = { block: [], error: [], warning: [], suggestion: [] };
  for (const finding of got.findings) {
    if (finding.end <= finding.start) continue;
    const from = at(finding.start);
    const to = at(finding.end);
    const place = plain ? null : range(from, to);
    located.push({ finding, from, to, place });
    if (place) places[kind(finding)].push(place);
  }
  located.sort((one, other) => one.from - other.from);
  if (painted && !plain) for (const [name, found] of Object.entries(places)) if (found.length) CSS.highlights.set(`rw-${name}`, new Highlight(...found));
  const list = find('[data-findings]');
  const worst = [...got.findings].sort((one, other) => other.blocking - one.blocking);
  list.replaceChildren(...worst.slice(0, 50).map((finding) => row(finding, at)), ...together(got.not_run).slice(0, 20).map(skipped));
  list.hidden = !list.children.length;
  const blocks = got.findings.filter((finding) => finding.blocking).length;
  const hints = got.findings.length - blocks;
  const more = hints ? `${hints} ${hints === 1 ? 'hint' : 'hints'}` : '';
  if (got.verdict === 'block') verdict('block', `Blocked by ${blocks} ${blocks === 1 ? 'finding' : 'findings'}${more ? `, ${more}` : ''}`);
  else if (got.verdict === 'incomplete') verdict('incomplete', 'Incomplete: a required check did not run');
  else verdict('pass', more ? `Passes, ${more}` : 'Passes every check');
  tell('[data-counter]', counter(got.length.counted, got.length.limit));
  find('[data-counter]').classList.toggle('rw-over', !!got.length.limit && got.length.counted > got.length.limit);
  lead();
  if (open) hint(located.find((one) => one.finding.rule === open.finding.rule && one.from === open.from) || null);
  advise(text);
  if (fixing) desk.fix();
  else if (wanted) takeWanted(got.findings);
}
