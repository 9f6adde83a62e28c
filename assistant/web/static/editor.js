// The reply editor: a plain-text box whose findings are painted by the CSS Custom Highlight API, so that the text itself
// is never touched while somebody types. What is shown is built as text nodes alone; nothing here reads HTML.
const desk = (window.replywright = window.replywright || {});
const find = (selector) => element.querySelector(selector);
const KINDS = ['rw-block', 'rw-error', 'rw-warning', 'rw-suggestion'];
const painted = typeof Highlight === 'function' && !!CSS.highlights;
const DRAFTING = ['another', 'anyway', 'retry'];
const WAIT = 30000;

let box = find('[data-box]');
if (box.contentEditable !== 'plaintext-only') {   // an older browser: findings stand under the text only
  const area = document.createElement('textarea');
  for (const { name, value } of box.attributes) if (name !== 'contenteditable') area.setAttribute(name, value);
  area.placeholder = box.dataset.placeholder;
  box.replaceWith(area);
  box = area;
}
const plain = box.tagName === 'TEXTAREA';

let state = { key: '', revision: -1, drafts: [] };
let chosen = 0;
let asking = 0;      // number of the newest check
let timer = 0;
let pressing = 0;    // number of the newest button press
let waiting = 0;
let dialogReturn = null;
const edits = new Map();   // what was typed and not decided, by message and draft; in memory only

/* Text and places */

function pieces() {
  const found = [];
  let at = 0;
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        found.push({ node: child, from: at, text: child.data });
        at += child.data.length;
      } else {
        if (child.tagName === 'BR' || (at && /^(DIV|P)$/.test(child.tagName))) { found.push({ node: null, from: at, text: '\n' }); at += 1; }
        walk(child);
      }
    }
  };
  walk(box);
  return found;
}
// Browsers keep an extra line end after the last line; it is not part of the reply.
const read = () => (plain ? box.value : pieces().map((one) => one.text).join('')).replace(/\n+$/, '');
const write = (text) => { if (plain) box.value = text; else box.textContent = text; };

// The server counts characters (code points), the DOM counts UTF-16 units.
function units(text) {
  const at = [0];
  for (const character of text) at.push(at[at.length - 1] + character.length);
  return (offset) => at[Math.min(offset, at.length - 1)];
}
function range(from, to) {
  const found = new Range();
  let started = false;
  for (const { node, from: start, text } of pieces()) {
    if (!node) continue;
    const end = start + text.length;
    if (!started && from >= start && from <= end) { found.setStart(node, from - start); started = true; }
    if (started && to <= end) { found.setEnd(node, Math.max(0, to - start)); return found; }
  }
  return null;
}
function select(from, to) {
  box.focus();
  if (plain) { box.setSelectionRange(from, to); return; }
  const place = range(from, to);
  if (place) { getSelection().removeAllRanges(); getSelection().addRange(place); }
}

/* Checking */

const tell = (selector, text) => { const at = find(selector); at.textContent = text || ''; at.hidden = !text; };
const kind = (finding) => (finding.blocking ? 'block' : finding.level);
const LEVELS = { block: 'Blocks', error: 'Error', warning: 'Warning', suggestion: 'Suggestion' };

function clear() {
  if (painted) KINDS.forEach((name) => CSS.highlights.delete(name));
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
  asking += 1;
  clearTimeout(timer);
  timer = setTimeout(check, 40, asking);
}
async function check(number) {
  const text = read();
  const key = state.key;
  if (!key || state.decision) return;
  if (!text.trim()) { clear(); verdict('', ''); tell('[data-counter]', counter(0, state.limit)); return; }
  if (!find('[data-verdict]').textContent) verdict('waiting', 'Checking…');
  let report;
  try {
    const answer = await fetch('api/check', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ key, text }),
    });
    report = await answer.json();
    if (!answer.ok) throw new Error(typeof report.detail === 'string' ? report.detail : `the server answered ${answer.status}`);
  } catch (error) {
    if (number === asking) { clear(); verdict('incomplete', `Not checked: ${error.message}`); }
    return;
  }
  if (number === asking && key === state.key && text === read()) show(text, report);
}
const counter = (counted, limit) => `${counted.toLocaleString('en')}${limit ? ` / ${limit.toLocaleString('en')}` : ''}${state.channel ? ` on ${state.channel}` : ''}`;

function show(text, report) {
  clear();
  const at = units(text);
  const places = { block: [], error: [], warning: [], suggestion: [] };
  for (const finding of report.findings) {
    const place = !plain && finding.end > finding.start && range(at(finding.start), at(finding.end));
    if (place) places[kind(finding)].push(place);
  }
  if (painted && !plain) for (const [name, found] of Object.entries(places)) if (found.length) CSS.highlights.set(`rw-${name}`, new Highlight(...found));
  const list = find('[data-findings]');
  const worst = [...report.findings].sort((one, other) => other.blocking - one.blocking);
  list.replaceChildren(...worst.slice(0, 50).map((finding) => row(finding, at)), ...report.not_run.slice(0, 20).map(skipped));
  list.hidden = !list.children.length;
  const blocks = report.findings.filter((finding) => finding.blocking).length;
  const hints = report.findings.length - blocks;
  const more = hints ? `${hints} ${hints === 1 ? 'hint' : 'hints'}` : '';
  if (report.verdict === 'block') verdict('block', `Blocked by ${blocks} ${blocks === 1 ? 'finding' : 'findings'}${more ? `, ${more}` : ''}`);
  else if (report.verdict === 'incomplete') verdict('incomplete', 'Incomplete: a required check did not run');
  else verdict('pass', more ? `Passes, ${more}` : 'Passes every check');
  tell('[data-counter]', counter(report.length.counted, report.length.limit));
  find('[data-counter]').classList.toggle('rw-over', !!report.length.limit && report.length.counted > report.length.limit);
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
function part(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
function row(finding, at) {
  const item = part('li', `rw-finding rw-finding-${kind(finding)}`);
  item.append(part('span', 'rw-level', LEVELS[kind(finding)]));
  const body = part('div', 'rw-finding-body');
  const said = part('p');
  if (finding.end > finding.start && finding.match) {
    // The words found are the way to their place; where the message does not name them (a secret), a word after it is.
    const found = finding.message.indexOf(finding.match);
    const place = part('button', 'rw-place', found < 0 ? 'show' : finding.match);
    place.type = 'button';
    place.title = 'Go to the place in the text';
    place.onclick = () => select(at(finding.start), at(finding.end));
    if (found < 0) said.append(`${sentence(finding.message)} `, place);
    else said.append(finding.message.slice(0, found), place, finding.message.slice(found + finding.match.length));
  } else said.append(sentence(finding.message));
  body.append(said, part('p', 'rw-rule', finding.rule + (finding.compared_with ? `, compared with ${finding.compared_with}` : '')));
  item.append(body);
  const choices = finding.fix ? [finding.fix] : finding.suggestions.map((replacement) => ({ ...finding, replacement }));
  for (const fix of choices.slice(0, 3)) {
    if (!finding.fix && finding.end === finding.start) continue;
    const take = part('button', 'rw-button rw-small', fix.replacement ? `Use “${fix.replacement.slice(0, 40)}”` : 'Remove');
    take.type = 'button';
    take.onclick = () => { select(at(fix.start), at(fix.end)); document.execCommand('insertText', false, fix.replacement) || changed(); };
    item.append(take);
  }
  return item;
}
function skipped(one) {
  const item = part('li', `rw-finding rw-finding-${one.required ? 'block' : 'warning'}`);
  item.append(part('span', 'rw-level', 'Not run'), part('div', 'rw-finding-body', `${one.rule}: ${one.reason}`));
  return item;
}

/* Drafts */

const kept = () => edits.get(state.key) || { chosen: 0, texts: {} };
function keep() {
  if (!state.key || state.decision) return;
  const now = kept();
  now.chosen = chosen;
  const text = read();
  if (text === (state.drafts[chosen]?.text ?? '')) delete now.texts[chosen]; else now.texts[chosen] = text;
  edits.set(state.key, now);
}
function choose(number) {
  chosen = Math.max(0, Math.min(number, state.drafts.length - 1));
  write(state.decision ? state.decision.text || '' : kept().texts[chosen] ?? state.drafts[chosen]?.text ?? '');
  const now = kept();
  now.chosen = chosen;
  edits.set(state.key, now);
  variants();
  desk.cardShown();
  find('[data-verdict]').textContent = '';
  asking += 1;
  check(asking);
}
function variants() {
  find('[data-drafts]').hidden = !state.drafts.length || !!state.decision;
  find('[data-variants]').replaceChildren(...state.drafts.map((draft, number) => {
    const button = part('button', 'rw-variant', state.mark === 'escalate' ? `Holding reply ${number + 1}` : `Draft ${number + 1}`);
    button.type = 'button';
    button.setAttribute('role', 'radio');
    button.setAttribute('aria-checked', String(number === chosen));
    button.tabIndex = number === chosen ? 0 : -1;
    button.onclick = () => choose(number);
    button.onkeydown = (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      choose((chosen + by + state.drafts.length) % state.drafts.length);
      find('[role="radio"][aria-checked="true"]').focus();
    };
    return button;
  }));
  const why = find('[data-why]');
  why.textContent = why.title = state.drafts[chosen]?.why || '';
}
desk.cardShown = () => {
  for (const source of document.querySelectorAll('#rw-card [data-drafts]')) source.hidden = !source.dataset.drafts.split(' ').includes(String(chosen));
};
desk.another = () => {
  if (state.decision) return;
  if (chosen + 1 < state.drafts.length) choose(chosen + 1); else desk.press('another');
};

function tasks(list) {
  find('[data-tasks]').hidden = !list.length;
  find('[data-tasks] ul').replaceChildren(...list.map((task) => {
    const item = part('li', '', task.text);
    const about = [task.done ? 'said as done: make sure that it is' : '', task.who === 'person' ? 'whoever signs' : 'the team', task.due || ''];
    item.append(part('span', 'rw-muted', ` (${about.filter(Boolean).join(', ')})`));
    return item;
  }));
}

/* What the server sends */

const PAST = { approve: 'Approved', edit: 'Approved', escalate: 'Escalated', reject: 'Rejected' };
const ACTIONS = { anyway: 'Draft anyway', retry: 'Try again' };

function render() {
  const next = props.value;
  if (!next || typeof next !== 'object') return;
  const moved = next.key !== state.key;
  const fresh = moved || next.revision !== state.revision;
  if (fresh && !moved && !next.decision) keep();
  state = next;
  if (fresh) {
    const done = state.decision;
    if (done) edits.delete(state.key);
    element.classList.toggle('rw-decided', !!done);
    element.classList.toggle('rw-idle', !state.key);
    notice(done ? { kind: 'done', title: `${PAST[done.decision]}${done.to ? ` to ${done.to}` : ''} by ${done.reviewer}, ${done.at}.`, text: done.reason || '' } : state.notice);
    if (plain) box.readOnly = !!done; else box.contentEditable = done ? 'false' : 'plaintext-only';
    find('[data-owners]').replaceChildren(...(state.owners || []).map((name) => Object.assign(document.createElement('option'), { value: name })));
    tasks(done ? done.tasks : []);
    find('[data-press="approve"]').hidden = !!done;
    find('[data-press="copy"]').hidden = !!done && !done.text;
    const holding = state.mark === 'escalate';
    find('[data-press="approve"]').classList.toggle('rw-primary', !holding);
    find('[data-actions] [data-ask="escalate"]').classList.toggle('rw-primary', holding);
    find('[data-actions] [data-ask="escalate"]').classList.toggle('rw-quiet', !holding);
    find('[data-press="copy"]').textContent = done ? 'Copy' : 'Approve and copy';
    for (const button of element.querySelectorAll('[data-ask]')) button.hidden = !!done;
    clear();
    if (done) { verdict('', ''); tell('[data-counter]', ''); }
    choose(state.answer?.draft ?? kept().chosen);
    if (moved) answer(null);
  }
  const last = state.answer;
  if (last && last.press === pressing && waiting) { ready(); answered(last); }
}
function notice(one) {
  const at = find('[data-notice]');
  at.hidden = !one;
  if (!one) return;
  at.dataset.is = one.kind;
  find('[data-notice-title]').textContent = one.title;
  find('[data-notice-text]').textContent = one.text;
  const action = find('[data-notice-action]');
  action.hidden = !one.action;
  action.textContent = ACTIONS[one.action] || '';
  action.onclick = () => desk.press(one.action);
}
function answer(name, text) {
  const at = find('[data-answer]');
  at.hidden = !text;
  at.dataset.is = name || '';
  at.textContent = text || '';
}
async function answered(last) {
  answer(last.kind, last.kind === 'approved' ? '' : last.message);   // the notice says that it is done
  if (last.kind === 'approved' && last.copy) {
    const copied = await copy(last.text);
    answer(copied ? 'approved' : 'refused', copied ? 'Approved and copied.' : 'Approved. The browser did not allow copying: select the text and copy it.');
  }
  if (last.override) {
    const button = part('button', 'rw-button rw-small', 'Override…');
    button.type = 'button';
    button.onclick = () => { find('[data-override-text]').textContent = last.message; desk.ask('override', { copy: last.copy }); };
    find('[data-answer]').append(' ', button);
  }
}
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select(0, text.length);
    return document.execCommand('copy');
  }
}

/* Buttons */

function ready() {
  clearTimeout(waiting);
  waiting = 0;
  element.classList.remove('rw-busy');
  find('[data-actions]').removeAttribute('aria-busy');
}
desk.press = (action, more = {}) => {
  if (waiting || !state.key) return;
  if (state.decision) {
    if (action === 'copy' && state.decision.text) copy(state.decision.text).then((done) => answer('approved', done ? 'Copied the approved text.' : 'Select the text and copy it.'));
    return;
  }
  const text = read();
  if (['approve', 'copy'].includes(action) && !text.trim()) { answer('refused', 'There is no reply to approve yet.'); return; }
  pressing += 1;
  element.classList.add('rw-busy');
  find('[data-actions]').setAttribute('aria-busy', 'true');
  waiting = setTimeout(() => { ready(); answer('refused', 'The server has not answered. Reload the page to see what was recorded.'); }, WAIT);
  answer(null);
  const sent = { asked: desk.asked(), key: state.key, action, text, draft: chosen, press: pressing, ...more };
  if (DRAFTING.includes(action)) trigger('draft', sent); else trigger('act', sent);
};
desk.shown = () => state.key;
desk.edit = () => {
  if (state.decision) return;
  const end = read().length;
  select(end, end);
};
const dialog = (name) => find(`[data-dialog="${name}"]`);
desk.help = () => dialog('help').showModal();
desk.ask = (name, more = {}) => {
  if (state.decision || !state.key) return;
  const at = dialog(name);
  const form = at.querySelector('form');
  form.reset();
  if (form.to) form.to.value = state.owner || '';
  if (form.holding) {
    form.holding.checked = state.mark === 'escalate' && !!read().trim();
    find('[data-holding]').hidden = !read().trim();
  }
  dialogReturn = more;
  at.showModal();
};
for (const name of ['escalate', 'reject', 'override']) {
  dialog(name).querySelector('form').addEventListener('submit', (event) => {
    const form = event.target;
    const said = { reason: form.reason.value, to: form.to ? form.to.value : '', holding: !!form.holding?.checked };
    if (name === 'override') desk.press(dialogReturn.copy ? 'copy' : 'approve', { ...said, override: true });
    else desk.press(name, said);
  });
}
element.addEventListener('click', (event) => {
  const press = event.target.closest('[data-press]');
  const ask = event.target.closest('[data-ask]');
  if (press) desk.press(press.dataset.press);
  if (ask) desk.ask(ask.dataset.ask);
  if (event.target.closest('[data-another]')) desk.another();
  if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
});
box.addEventListener('input', changed);
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); desk.press('approve'); }
});
watch('value', render);
render();
