// A change while it is written: as a form, as YAML or as the brand's setting; what is wrong with it, and what it finds.
const draft = { mode: 'setting', yaml: '', began: {}, required: false, form: null, asked: 0, timer: 0 };
const lines = (text) => text.split('\n').map((one) => one.trim()).filter(Boolean);

const forget = () => { Object.assign(draft, { yaml: '', began: {}, required: false, form: null, problems: [] }); };
const written = () => Object.fromEntries(['setting', 'file'].filter((one) => find(one === 'file' ? '[data-yaml]' : '[data-edit="setting"]')).map((one) => [one, JSON.stringify(change(one))]));
const edited = () => Boolean(find('[data-panel="change"]')) && JSON.stringify(written()) !== JSON.stringify(draft.began);

function begin(value, text, required) {
  const yaml = find('[data-yaml]');
  forget();
  Object.assign(draft, { mode: yaml ? 'file' : 'setting', yaml: value.text || '', required });
  if (!find('[data-panel="change"]')) return;
  if (yaml) yaml.value = draft.yaml;
  draft.began = written();
  if (yaml && text !== null) { yaml.value = text; }
  mode(draft.mode);
  if (text !== null) drawn();
}

function change(as = draft.mode) {
  const rule = open.rule;
  if (as !== 'setting') return { kind: 'file', rule, text: find('[data-yaml]')?.value || '', required: draft.required };
  const form = find('[data-edit="setting"]');
  return {
    kind: 'setting', rule, level: form.elements.level.value || null,
    exceptions: lines(form.elements.exceptions?.value || ''), reason: form.elements.reason.value.trim(),
  };
}

// A change that waits, put into the editor as if it had been written here.
function load(value) {
  choose('change');
  if (value.kind === 'setting') {
    const form = find('[data-edit="setting"]');
    form.elements.level.value = value.level || '';
    if (form.elements.exceptions) form.elements.exceptions.value = value.exceptions.join('\n');
    form.elements.reason.value = value.reason;
    mode('setting');
  } else if (value.kind === 'file' && find('[data-yaml]')) {
    find('[data-yaml]').value = value.text;
    mode('file');
  } else answered('This change removes the rule; there is nothing to edit.', 'info');
  looked();
}

async function mode(name) {
  if (name === 'form') {
    try {
      draft.form = (await ask('/form', 'POST', { text: find('[data-yaml]').value })).form;
    } catch { draft.form = null; }
    if (draft.form) filled(draft.form);
  }
  draft.mode = name;
  for (const one of main.querySelectorAll('[data-mode]')) one.setAttribute('aria-checked', String(one.dataset.mode === name));
  for (const one of main.querySelectorAll('[data-edit]')) one.hidden = one.dataset.edit !== name || (name === 'form' && !draft.form);
  const without = find('[data-no-form]');
  if (without) without.hidden = name !== 'form' || Boolean(draft.form);
  drawn();
  looked();
}

function filled(form) {
  const at = find('[data-edit="form"]');
  for (const one of at.querySelectorAll('[data-for]')) one.hidden = one.dataset.for !== form.kind;
  const field = at.elements;
  field.tokens.value = form.tokens.join('\n');
  field.swap.value = form.swap.map(([written, wanted]) => `${written} → ${wanted}`).join('\n');
  field.exceptions.value = form.exceptions.join('\n');
  for (const name of ['message', 'description', 'level']) field[name].value = form[name];
  field.ignorecase.checked = form.ignorecase;
}

// The form writes the YAML, which stays what is tried, tested and proposed.
async function fromForm() {
  const field = find('[data-edit="form"]').elements;
  const form = {
    kind: draft.form.kind, message: field.message.value, level: field.level.value, description: field.description.value,
    tokens: lines(field.tokens.value), exceptions: lines(field.exceptions.value), ignorecase: field.ignorecase.checked,
    swap: lines(field.swap.value).map((one) => { const [a, ...b] = one.split(/\s*(?:→|->)\s*/); return [a, b.join(' ')]; }),
  };
  try {
    find('[data-yaml]').value = (await ask('/form', 'POST', { text: find('[data-yaml]').value, form })).text;
  } catch (error) {
    wrong(error.problems.length ? error.problems : [{ line: 1, column: 1, message: error.message }]);
    return;
  }
  looked();
}

// Line numbers beside the YAML, and behind it the lines with something wrong.
function drawn() {
  const yaml = find('[data-yaml]');
  const at = find('[data-lines]');
  if (!yaml || !at) return;
  const bad = new Set((draft.problems || []).map((one) => one.line));
  const count = yaml.value.split('\n').length;
  at.replaceChildren(...Array.from({ length: count }, (_, index) => {
    const line = document.createElement('div');
    line.textContent = index + 1;
    if (bad.has(index + 1)) line.className = 'rw-code-bad';
    return line;
  }));
  at.style.transform = `translateY(${-yaml.scrollTop}px)`;
}

function wrong(problems) {
  draft.problems = draft.mode === 'setting' ? [] : problems.filter((one) => !one.path || one.path.endsWith('.yml'));
  const inFile = (one) => draft.mode !== 'setting' && one.path?.endsWith('.yml');
  find('[data-problems]').replaceChildren(...problems.slice(0, 20).map((one) => {
    const made = document.createElement(inFile(one) ? 'button' : 'p');
    made.className = 'rw-problem';
    made.textContent = inFile(one) ? `Line ${one.line}, column ${one.column}: ${one.message}` : one.message;
    if (inFile(one)) Object.assign(made, { type: 'button', onclick: () => put(one.line, one.column) });
    return made;
  }));
  find('[data-yaml]')?.setAttribute('aria-invalid', String(problems.length > 0));
  drawn();
}

// The caret at a place of the YAML. Columns count characters, and the textarea counts UTF-16.
function put(line, column) {
  if (draft.mode === 'form') mode('file');
  const yaml = find('[data-yaml]');
  const before = yaml.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const there = before + [...(yaml.value.split('\n')[line - 1] || '')].slice(0, column - 1).join('').length;
  yaml.focus();
  yaml.setSelectionRange(there, there);
  yaml.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(yaml).lineHeight));
}

function looked() {
  clearTimeout(draft.timer);
  draft.timer = setTimeout(tryOut, 60);
}

async function tryOut() {
  const box = find('[data-try]');
  if (!box) return;
  const number = ++draft.asked;
  const text = box.textContent;
  const sent = { change: change(), text, channel: find('[data-channel]').value, message: find('[data-message]').value };
  let value;
  try {
    value = await ask('/try', 'POST', sent);
  } catch (error) {
    if (number === draft.asked && box.isConnected) { wrong([{ message: error.message }]); tried(null, text); }
    return;
  }
  if (number !== draft.asked || !box.isConnected || box.textContent !== text) return;
  wrong(value.problems);
  tried(value.problems.length ? null : value, text);
}

function tried(value, text) {
  const box = find('[data-try]');
  const findings = value?.report.findings || [];
  const offsets = [0];
  for (const one of text) offsets.push(offsets.at(-1) + one.length);
  for (const name of ['block', 'error', 'warning', 'suggestion']) {
    if (!CSS.highlights) break;
    const node = box.firstChild;
    const ranges = findings.filter((one) => node && one.end > one.start && (one.blocking ? 'block' : one.level) === name).map((one) => {
      const range = new Range();
      range.setStart(node, Math.min(offsets[one.start], node.length));
      range.setEnd(node, Math.min(offsets[one.end], node.length));
      return range;
    });
    CSS.highlights.set(`rw-${name}`, new Highlight(...ranges));
  }
  find('[data-tried]').textContent = told(value, text, findings.length);
  const also = value?.failures || [];
  find('[data-found]').replaceChildren(...[
    ...findings.slice(0, 10).map((one) => [one.match ? `“${one.match}”: ${one.message}` : one.message, one.fix ? `Mended: ${one.fix.replacement || 'taken out'}` : one.suggestions.join(' · '), '']),
    ...also.slice(0, 10).map((one) => [`Its example “${one.example}” does not hold: ${one.reason}`, '', 'rw-problem']),
  ].map(([first, second, name]) => {
    const line = document.createElement('li');
    line.className = name;
    line.append(first);
    if (second) line.append(Object.assign(document.createElement('span'), { className: 'rw-muted', textContent: second }));
    return line;
  }));
}

function told(value, text, count) {
  if (!value) return 'Not tried: mend what is wrong with the change first.';
  if (value.off) return 'The rule would be off: it finds nothing.';
  if (!text) return value.examples ? `Its ${value.examples} examples ran. What it finds is marked as you type.` : 'What the rule finds is marked as you type.';
  if (value.report.not_run.length) return `It did not run: ${value.report.not_run[0].reason}`;
  if (!value.applies) return `It does not apply here. It applies ${value.conditions.join('; ')}.`;
  return count ? `${count} ${count === 1 ? 'finding' : 'findings'}` : 'It finds nothing in this text.';
}

async function propose(value) {
  if (find('[data-problems]').children.length && value.kind !== 'removal') { answered('Mend what is wrong with the change first.'); return; }
  try {
    const made = await ask('/changes', 'POST', { change: value, note: find('[data-note]').value });
    const held = { text: find('[data-try]').textContent, rule: open.rule };
    await listed();
    await show(made.rule);
    answered(`Change ${made.number} is proposed. It holds once it is activated.`, 'approved');
    if (held.rule === open.rule && find('[data-try]')) { find('[data-try]').textContent = held.text; }
  } catch (error) {
    answered(error.message);
    if (error.problems.length) wrong(error.problems);
  }
}

const asText = (value) => (value.kind === 'file' ? value.text : [
  'rules:', `  ${value.rule}: {${[
    value.level && `level: ${value.level}`,
    value.exceptions.length && `exceptions: ${JSON.stringify(value.exceptions)}`,
    value.reason && `reason: ${JSON.stringify(value.reason)}`,
  ].filter(Boolean).join(', ')}}`, ''].join('\n'));

main.addEventListener('click', (event) => {
  const at = event.target.closest('button');
  if (!at) return;
  if ('mode' in at.dataset) mode(at.dataset.mode);
  if ('propose' in at.dataset) propose(change());
  if ('copy' in at.dataset) copy(asText(change()));
  if ('remove' in at.dataset) propose({ kind: 'removal', rule: open.rule });
});
main.addEventListener('input', (event) => {
  const at = event.target;
  if (at.closest('[data-edit="form"]')) { clearTimeout(draft.timer); draft.timer = setTimeout(fromForm, 200); return; }
  if (at.matches('[data-yaml]')) drawn();
  if (at.matches('[data-yaml], [data-try], [data-message], [data-channel]') || at.closest('[data-edit="setting"]')) looked();
});
main.addEventListener('scroll', (event) => { if (event.target.matches?.('[data-yaml]')) drawn(); }, true);
