/* The one thing that would help most, and the numbers for who asks for them: after a pause, never before the check. */

const PAUSE = 400;
let advising = 0;

function advise(text) {
  clearTimeout(advising);
  if (!text.trim() || state.decision) { find('[data-advice]').hidden = true; return; }
  find('[data-advice]').classList.add('rw-old');
  advising = setTimeout(advised, PAUSE, text);
}
async function advised(text) {
  const { key } = state;
  let got;
  try {
    got = await asked('api/advice', { key, text });
  } catch {
    find('[data-advice]').hidden = true;   // the check says what is wrong with the connection
    return;
  }
  if (key !== state.key || text !== read()) return;
  const at = find('[data-advice]');
  at.hidden = false;
  at.classList.remove('rw-old');
  const line = find('[data-first]');
  const said = got.first || 'Nothing would help it much more.';
  if (line.textContent !== said) line.textContent = said;
  at.dataset.is = got.first ? 'more' : 'well';
  const groups = [['tone', 'Tone', got.tone], ['helpfulness', 'Helpfulness', got.helpfulness]];
  find('[data-bars]').replaceChildren(...groups.map(([group, name, value]) => {
    const column = part('div', 'rw-bars');
    column.append(bar(name, value, '', 'rw-bar-sum'));
    for (const one of got.bars) if (one.group === group) column.append(bar(one.name, one.value, one.reason, ''));
    return column;
  }));
}
function bar(name, value, reason, kind) {
  const made = part('div', `rw-bar ${kind}`);
  const measured = typeof value === 'number';
  made.append(part('span', 'rw-bar-name', name), part('span', 'rw-bar-value', measured ? String(Math.round(value * 100)) : 'n/a'));
  const line = part('span', 'rw-bar-line');
  const filled = part('span');
  filled.style.width = measured ? `${Math.round(value * 100)}%` : '0';
  line.append(filled);
  line.setAttribute('aria-hidden', 'true');
  made.append(line);
  if (reason) made.title = reason;
  return made;
}
