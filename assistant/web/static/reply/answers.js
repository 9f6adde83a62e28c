/* What is said above and under the text: notices, what was added to the thread, answers to presses, tasks. */

const ACTIONS = { anyway: 'Draft anyway', retry: 'Try again', back: 'Give it back…' };
const seen = new Map();    // by message: the mark of the thread that the person has read, and its posts

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
  action.onclick = () => (one.action === 'back' ? desk.ask('back') : desk.press(one.action));
}
function answer(name, text) {
  const at = find('[data-answer]');
  at.hidden = !text;
  at.dataset.is = name || '';
  at.textContent = text || '';
}
async function answered(last, press) {
  const elsewhere = press.key !== state.key;
  const whose = elsewhere ? `${press.who}: ` : '';
  if (last.kind === 'approved' && last.copy) {
    const copied = await copy(last.text);
    answer(copied ? 'approved' : 'refused', whose + (copied ? 'Approved and copied.' : 'Approved. The browser did not allow copying: select the text and copy it.'));
    return;
  }
  if (elsewhere) {
    if (last.kind !== 'approved') answer(last.kind, whose + last.message);   // what is approved the list shows
    if (last.kind === 'refused') find('[data-answer]').append(' ', button('rw-button rw-small', 'Open it', () => desk.open(press.key)));
    return;
  }
  answer(last.kind, last.kind === 'approved' ? '' : last.message);   // the notice says that it is done
  if (last.override) {
    find('[data-answer]').append(' ', button('rw-button rw-small', 'Override…', () => {
      find('[data-override-text]').textContent = last.message;
      desk.ask('override', { copy: last.copy });
    }));
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
function tasks(list) {
  find('[data-tasks]').hidden = !list.length;
  find('[data-tasks] ul').replaceChildren(...list.map((task) => {
    const item = part('li', '', task.text);
    const about = [task.done ? 'said as done: make sure that it is' : '', task.who === 'person' ? 'whoever signs' : 'the team', task.due || ''];
    item.append(part('span', 'rw-muted', ` (${about.filter(Boolean).join(', ')})`));
    return item;
  }));
}

/* The thread moved on: shown until somebody says that they have read it, and nothing goes out before. */

const unread = () => !!state.key && !state.decision && seen.get(state.key)?.thread !== state.thread;
function thread(opened) {
  const at = find('[data-moved]');
  const known = seen.get(state.key);
  const untouched = !Object.keys(kept().texts).length;
  if (!known || (opened && untouched) || state.decision) seen.set(state.key, { thread: state.thread, turns: state.turns });
  at.hidden = !unread();
  if (at.hidden) return;
  const left = known.turns.map((turn) => `${turn.role} ${turn.text}`);
  const added = (state.turns || []).filter((turn) => {
    const place = left.indexOf(`${turn.role} ${turn.text}`);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  find('[data-added]').replaceChildren(...added.slice(-5).map((turn) => {
    const item = part('li');
    const who = part('bdi', '', turn.who);
    item.append(who, ': ', part('span', '', turn.text));
    return item;
  }));
}
desk.readThread = () => {
  if (!unread()) return;
  seen.set(state.key, { thread: state.thread, turns: state.turns });
  find('[data-moved]').hidden = true;
  answer(null);
};
