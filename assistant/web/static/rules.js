// The rules page: the list with its filters, the rule that is open, and what its buttons ask the server to do.
const side = element.querySelector('[data-side]');
const main = element.querySelector('[data-main]');
const filters = { query: '', pack: '', level: '', show: '', sort: '' };
const open = { rule: '', isNew: false };
const find = (selector) => main.querySelector(selector);
const say = (text) => { element.querySelector('[data-say]').textContent = text; };

// An answer of the server, or an error whose message is in words and whose problems have their places.
async function ask(path, method = 'GET', body = undefined) {
  let answer;
  try {
    answer = await fetch(`/api/rules${path}`, {
      method, cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw Object.assign(new Error('No connection to the server. Nothing was changed; try again.'), { problems: [] });
  }
  if (answer.status === 204) return null;
  const value = await answer.json().catch(() => ({}));
  if (answer.ok) return value;
  const detail = value.detail || `The server answered ${answer.status}.`;
  throw Object.assign(new Error(detail.message || detail), { problems: detail.problems || [] });
}

function answered(text, is = 'refused') {
  const at = find('[data-answer]');
  if (!at) return;
  at.textContent = text;
  at.dataset.is = is;
  at.hidden = !text;
  if (text) at.scrollIntoView({ block: 'nearest' });
}

const items = () => [...side.querySelectorAll('.rw-rule-item')];
const visible = () => items().filter((one) => !one.parentElement.hidden);
const mark = () => items().forEach((one) => one.setAttribute('aria-current', String(one.dataset.rule === open.rule)));
const order = {
  name: (a, b) => a.dataset.rule.split('.')[1].localeCompare(b.dataset.rule.split('.')[1]),
  hits: (a, b) => b.dataset.hits - a.dataset.hits,
  overridden: (a, b) => b.dataset.overridden - a.dataset.overridden,
};

function filter() {
  const words = filters.query.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const one of items()) {
    const data = one.dataset;
    const level = filters.level === 'blocks' ? data.blocks === '1' : !filters.level || data.level === filters.level;
    const shown = filters.show === 'hits' ? data.hits !== '0' : !filters.show || data[filters.show] === '1';
    const fits = level && shown && (!filters.pack || data.pack === filters.pack) && words.every((word) => data.text.includes(word));
    one.parentElement.hidden = !fits;
    count += fits;
  }
  side.querySelector('[data-none]').hidden = count > 0;
  side.querySelector('[data-count]').textContent = `${count} ${count === 1 ? 'rule' : 'rules'}`;
  side.querySelectorAll('[data-show]').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.show === filters.show)));
}

function sort() {
  const list = side.querySelector('#rw-rules-items ul');
  const all = items();
  const by = order[filters.sort] || ((a, b) => a.dataset.at - b.dataset.at);
  all.sort(by).forEach((one) => list.append(one.parentElement));
}

async function listed() {
  try {
    side.innerHTML = (await ask('')).html;
  } catch (error) {
    side.replaceChildren(Object.assign(document.createElement('p'), { className: 'rw-note', textContent: error.message }));
    return;
  }
  items().forEach((one, at) => { one.dataset.at = at; });
  side.querySelector('#rw-rules-search').value = filters.query;
  side.querySelector('[data-sort]').value = filters.sort;
  for (const one of side.querySelectorAll('[data-filter]')) {
    one.value = filters[one.dataset.filter];
    if (one.value !== filters[one.dataset.filter]) filters[one.dataset.filter] = one.value = '';
  }
  sort();
  filter();
  mark();
}

function welcome() {
  Object.assign(open, { rule: '', isNew: false });
  history.replaceState(null, '', location.pathname);
  element.classList.remove('rw-rule-open');
  main.replaceChildren(side.querySelector('[data-welcome]')?.content.cloneNode(true) || '');
  mark();
}

const fresh = () => !edited() || confirm('Leave this change? What you wrote here is not kept.');

async function show(rule, { isNew = false, text = null, required = false, tab = '' } = {}) {
  let value;
  try {
    value = await ask(`/one?rule=${encodeURIComponent(rule)}${isNew ? '&new=true' : ''}`);
  } catch (error) {
    if (find('[data-new-form]')) answered(error.message);
    else { welcome(); say(error.message); }
    return false;
  }
  Object.assign(open, { rule, isNew });
  history.replaceState(null, '', `${location.pathname}#${encodeURIComponent(rule)}`);
  element.classList.add('rw-rule-open');
  main.innerHTML = value.html;
  main.scrollTop = 0;
  mark();
  side.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  if (!value.text && value.setting === null && text === null) {
    const waits = find('[data-open-change]');
    if (waits) text = (await ask(`/changes/${waits.dataset.openChange}`)).change.text ?? null;
  }
  begin(value, text, required);
  if (tab) choose(tab);
  return true;
}

function choose(name) {
  const tab = find(`[data-tab="${name}"]`);
  if (!tab) return;
  for (const one of main.querySelectorAll('[data-tab]')) {
    one.setAttribute('aria-selected', String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  }
  for (const one of main.querySelectorAll('[data-panel]')) one.hidden = one.dataset.panel !== name;
  if (name === 'change') drawn();
}

const known = { templates: {} };
async function asNew() {
  if (!fresh()) return;
  const value = await ask('/new');
  known.templates = value.templates;
  Object.assign(open, { rule: '', isNew: true });
  element.classList.add('rw-rule-open');
  main.innerHTML = value.html;
  forget();
  mark();
  find('[name="name_"]').focus();
}

// Whatever a button does, the list and the rule are then shown as the server has them.
async function done(work, said, tab = '') {
  try {
    const value = await work();
    await listed();
    await show(value?.rule || open.rule, { tab });
    answered(said, 'approved');
  } catch (error) {
    answered(error.message);
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    answered('Copied. Paste it into the brand’s folder.', 'approved');
  } catch {
    answered('The browser refused to copy; select the text and copy it by hand.');
  }
}

element.addEventListener('click', async (event) => {
  const at = event.target.closest('button');
  if (!at || at.disabled) return;
  const data = at.dataset;
  if (at.classList.contains('rw-rule-item')) { if (data.rule === open.rule || fresh()) show(data.rule); }
  else if ('show' in data) { filters.show = data.show; filter(); }
  else if ('clear' in data) {
    Object.assign(filters, { query: '', pack: '', level: '', show: '' });
    side.querySelectorAll('#rw-rules-search, [data-filter]').forEach((one) => { one.value = ''; });
    filter();
  }
  else if ('new' in data) asNew();
  else if ('back' in data) { if (fresh()) { forget(); welcome(); } }
  else if ('tab' in data) choose(data.tab);
  else if ('activate' in data) {
    at.disabled = true;
    await done(() => ask(`/changes/${data.activate}/activate`, 'POST'), `Change ${data.activate} holds now. Replies that wait are drafted anew.`);
    at.disabled = false;
  }
  else if ('withdraw' in data) done(() => ask(`/changes/${data.withdraw}/withdraw`, 'POST'), `Change ${data.withdraw} was withdrawn.`);
  else if ('restore' in data) done(() => ask(`/changes/${data.restore}/restore${data.before ? '?before=true' : ''}`, 'POST'), 'Proposed anew. It holds once it is activated.');
  else if ('copyChange' in data) ask(`/changes/${data.copyChange}`).then((one) => copy(one.text), (error) => answered(error.message));
  else if ('openChange' in data) {
    try { load((await ask(`/changes/${data.openChange}`)).change); } catch (error) { answered(error.message); }
  }
});
element.addEventListener('change', (event) => {
  const at = event.target;
  if (at.dataset.filter) { filters[at.dataset.filter] = at.value; filter(); }
  if ('sort' in at.dataset) { filters.sort = at.value; sort(); }
});
element.addEventListener('input', (event) => {
  if (event.target.id === 'rw-rules-search') { filters.query = event.target.value; filter(); }
});
element.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  if (!('newForm' in form.dataset)) return;
  const rule = `${form.style_.value.trim()}.${form.name_.value.trim()}`;
  const text = known.templates[form.template.value].replaceAll('STYLE.NAME', rule);
  if (await show(rule, { isNew: true, text, required: form.required_.checked, tab: 'change' })) say(`${rule} is new. Nothing holds until you activate it.`);
});

// Arrows walk the tabs, j and k the rules, / searches.
document.addEventListener('keydown', (event) => {
  if (!element.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  if (at.getAttribute?.('role') === 'tab' && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
    const tabs = [...main.querySelectorAll('[data-tab]')];
    const next = tabs[(tabs.indexOf(at) + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
    choose(next.dataset.tab);
    next.focus();
    return;
  }
  if (at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName) || document.querySelector('dialog[open]')) {
    if (event.key === 'Escape') at.blur();
    return;
  }
  const step = { j: 1, k: -1 }[event.key];
  if (event.key === '/') { event.preventDefault(); side.querySelector('#rw-rules-search')?.focus(); }
  if (!step) return;
  const all = visible();
  const now = all.findIndex((one) => one.dataset.rule === open.rule);
  const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))];
  if (next && fresh()) { next.scrollIntoView({ block: 'nearest' }); show(next.dataset.rule); }
});
addEventListener('beforeunload', (event) => { if (edited()) event.preventDefault(); });
