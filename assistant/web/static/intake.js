// Messages that somebody brings: a file, by drop or button, looked at before it is taken; or one that is pasted.
// Whatever a file or a person wrote is shown as text nodes alone. The file stays in this page's memory.
const desk = (window.replywright = window.replywright || {});
const MOST = 20_000_000;
const ROLES = {
  '': 'Leave out', message: 'Message', channel: 'Channel', id: 'Id', time: 'When it was written', name: 'Customer’s name',
  handle: 'Customer’s handle', followers: 'Followers', language: 'Language', segment: 'Segment',
  private: 'A fact, private', internal: 'A fact, internal', public: 'A fact that may be said',
};
const VISIBLE = { private: 'Private: don’t say', public: 'Public: may be said', internal: 'Internal: never hint' };
const at = (name, selector) => element.querySelector(`[data-dialog="${name}"]`).querySelector(selector);
const file = (selector) => at('import', selector);
const dialog = (name) => element.querySelector(`[data-dialog="${name}"]`);
const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, more);
const option = (value, text, chosen) => made('option', text, { value, selected: value === chosen });
const many = (count, one, others = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : others}`;
function say(name, text, is = 'refused') {
  const answer = at(name, '[data-answer]');
  answer.textContent = text;
  answer.dataset.is = is;
  answer.hidden = !text;
}
async function answered(given) {
  if (given.ok) return given.json();
  let detail = `the server answered ${given.status}`;
  try { detail = (await given.json()).detail; } catch { /* what it said was no JSON */ }
  throw new Error(detail);
}
const channels = [...at('paste', '[name="channel"]').options].map((one) => [one.value, one.text]);

/* A file */

let chosen = null;
let asking = 0;
let begun = { roles: null, channel: '', days: 'iso' };

async function ask(take) {
  asking += 1;
  const number = asking;
  const plan = { ...begun };
  if (plan.roles === null) delete plan.roles;
  const given = await fetch(`api/intake?take=${take}&plan=${encodeURIComponent(JSON.stringify(plan))}`, {
    method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: chosen,
  });
  const told = await answered(given);
  return number === asking ? told : null;
}
async function look() {
  say('import', '');
  file('[data-summary]').textContent = 'Reading…';
  file('[data-take-file]').disabled = true;
  try {
    const told = await ask(false);
    if (told) show(told);
  } catch (error) {
    for (const part of ['mapping', 'preview', 'bad']) file(`[data-${part}]`).hidden = true;
    file('[data-summary]').textContent = '';
    file('[data-take-file]').hidden = true;
    say('import', `${error.message}.`.replace(/\.\.$/, '.'));
  }
}
function begin(given) {
  chosen = given;
  begun = { roles: null, channel: '', days: 'iso' };
  if (!dialog('import').open) dialog('import').showModal();
  file('[data-pick]').hidden = true;
  file('[data-looked]').hidden = false;
  file('[data-name]').textContent = given.name;
  file('[data-size]').textContent = given.size > 1e6 ? `${(given.size / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(given.size / 1000))} kB`;
  file('[data-channel]').value = '';
  if (given.size > MOST) {
    file('[data-summary]').textContent = '';
    say('import', 'This file is larger than 20 MB. Split it, or send the messages to the REST door.');
  } else look();
}
function show({ looked, more_bad: more }) {
  file('[data-mapping]').hidden = looked.ready;
  const named = looked.columns.some((one) => one.role === 'channel');
  file('[data-channel-field]').hidden = named;
  file('[data-days-field]').hidden = !looked.days_unclear && begun.days === 'iso';
  file('[data-days]').value = begun.days;
  const focused = document.activeElement?.dataset?.column;
  file('[data-columns]').replaceChildren(...looked.columns.map((one) => {
    const select = made('select');
    select.dataset.column = one.name;
    select.setAttribute('aria-label', `What the column ${one.name} holds`);
    select.append(...Object.entries(ROLES).map(([value, text]) => option(value, text, one.role || '')));
    const row = made('tr');
    const head = made('th', one.name || '(no name)', { scope: 'row', dir: 'auto' });
    const cell = made('td');
    cell.append(select);
    row.append(head, made('td', one.sample, { dir: 'auto' }), cell);
    row.classList.toggle('rw-left-out', !one.role);
    return row;
  }));
  if (focused !== undefined) [...element.querySelectorAll('[data-column]')].find((one) => one.dataset.column === focused)?.focus();
  const bad = looked.bad.length + more;
  const unit = looked.unit;
  file('[data-unit]').textContent = unit === 'row' ? 'Row' : 'Line';
  file('[data-summary]').textContent = looked.needs
    || `${many(looked.good, 'message')} can be imported${bad ? `, ${many(bad, unit)} can’t` : ''}.${looked.guessed ? ` The file was read as ${looked.guessed}.` : ''}`;
  file('[data-preview]').hidden = !looked.rows.length;
  file('[data-rows]').replaceChildren(...looked.rows.map((one) => {
    const row = made('tr');
    row.append(made('td', one.number), made('td', channels.find(([value]) => value === one.channel)?.[1] ?? one.channel), made('td', one.who, { dir: 'auto' }), made('td', one.at), made('td', one.message, { dir: 'auto' }));
    return row;
  }));
  const title = unit === 'row' ? 'Row' : 'Line';
  file('[data-bad]').hidden = !bad;
  file('[data-bad-title]').textContent = `${many(bad, unit)} left out${unit === 'row' ? ' (the header is row 1)' : ''}`;
  file('[data-bad-list]').replaceChildren(...looked.bad.map((one) => {
    const item = made('li');
    item.append(made('strong', `${title} ${one.number}`), ` ${one.why}`);
    return item;
  }), ...(more ? [made('li', `and ${many(more, `more ${unit}`)}`)] : []));
  const take = file('[data-take-file]');
  take.hidden = !looked.good;
  take.disabled = false;
  take.textContent = `Import ${many(looked.good, 'message')}`;
}
async function take() {
  const button = file('[data-take-file]');
  button.disabled = true;
  button.textContent = 'Importing…';
  try {
    const { imported, first } = await ask(true);
    const words = [many(imported.new, 'new message')];
    if (imported.changed) words.push(`${imported.changed} changed`);
    if (imported.same) words.push(`${imported.same} known already`);
    if (imported.refused.length) words.push(`${imported.refused.length} refused: ${imported.refused.slice(0, 3).join('; ')}`);
    dialog('import').close();
    desk.note?.(`Imported: ${words.join(', ')}.`);
    if (first && imported.new && !desk.asked().key) desk.open(first); else desk.look();
  } catch (error) {
    say('import', `Not imported: ${error.message}`);
    button.disabled = false;
    button.textContent = 'Try again';
  }
}
element.addEventListener('change', (event) => {
  const given = event.target;
  if ('file' in given.dataset && given.files[0]) { begin(given.files[0]); given.value = ''; }
  if ('column' in given.dataset) {
    begun.roles = Object.fromEntries([...element.querySelectorAll('[data-column]')].filter((one) => one.value).map((one) => [one.dataset.column, one.value]));
    look();
  }
  if ('channel' in given.dataset) { begun.channel = given.value; look(); }
  if ('days' in given.dataset) { begun.days = given.value; look(); }
});
const holds = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
const drop = (on) => { element.querySelector('[data-drop]').hidden = !on; };
document.addEventListener('dragover', (event) => {
  if (!holds(event)) return;
  event.preventDefault();
  if (!dialog('import').open) drop(true);
});
document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) drop(false); });
document.addEventListener('drop', (event) => {
  if (!holds(event)) return;
  event.preventDefault();
  drop(false);
  if (event.dataTransfer.files[0]) begin(event.dataTransfer.files[0]);
});

/* One message */

function fact() {
  const row = made('div', undefined, { className: 'rw-fact-row' });
  const seen = made('select', undefined, { name: 'visibility' });
  seen.append(...Object.entries(VISIBLE).map(([value, text]) => option(value, text, 'private')));
  seen.setAttribute('aria-label', 'Who may hear it');
  const name = made('input', undefined, { name: 'fact', maxLength: 60, placeholder: 'order number', autocomplete: 'off' });
  const value = made('input', undefined, { name: 'value', maxLength: 2000, placeholder: 'what it is', autocomplete: 'off' });
  name.setAttribute('aria-label', 'What it is called');
  value.setAttribute('aria-label', 'What it is');
  const away = made('button', 'Remove', { type: 'button', className: 'rw-button rw-quiet rw-small', onclick: () => row.remove() });
  row.append(name, value, seen, away);
  at('paste', '[data-facts]').append(row);
  return name;
}
const form = at('paste', 'form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const facts = [...form.querySelectorAll('.rw-fact-row')]
    .map((row) => ({ name: row.querySelector('[name="fact"]').value.trim().replace(/\s+/g, '_'), value: row.querySelector('[name="value"]').value.trim(), visibility: row.querySelector('select').value, source: 'agent' }))
    .filter((one) => one.name && one.value);
  const id = `pasted-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  const context = {
    id, channel: form.channel.value, audience: form.private.checked ? 'private' : 'public', message: form.message.value,
    created_at: new Date().toISOString(), facts,
    customer: { name: form.elements.name.value.trim() || null, handle: form.handle.value.trim() || null },
  };
  const button = form.querySelector('[type="submit"]');
  button.disabled = true;
  try {
    const told = await answered(await fetch('api/v1/inbox', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(context),
    }));
    const wrong = [...told.bad, ...told.imported.refused];
    if (wrong.length) throw new Error(wrong[0]);
    dialog('paste').close();
    desk.open(id);
  } catch (error) { say('paste', `Not taken: ${error.message}`); }
  button.disabled = false;
});

/* Opening and closing */

desk.intake = (name) => {
  if (document.querySelector('dialog[open]')) return;
  say(name, '');
  if (name === 'import') {
    chosen = null;
    file('[data-pick]').hidden = false;
    file('[data-looked]').hidden = true;
    file('[data-take-file]').hidden = true;
  } else {
    const before = form.channel.value;
    form.reset();
    at('paste', '[data-facts]').replaceChildren();
    if (before) form.channel.value = before;
  }
  dialog(name).showModal();
};
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
  if (event.target.closest('[data-fact]')) fact().focus();
  if (event.target.closest('[data-take-file]')) take();
});
document.addEventListener('click', (event) => {
  const wanted = event.target.closest('[data-intake]');
  if (wanted) desk.intake(wanted.dataset.intake);
});
