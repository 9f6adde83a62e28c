/* What the server sends: one value, drawn anew where it is another message or another revision. */

const PAST = { approve: 'Approved', edit: 'Approved', escalate: 'Escalated', reject: 'Rejected' };

function render() {
  const next = props.value;
  if (!next || typeof next !== 'object') return;
  const opened = next.key !== state.key;
  const fresh = opened || next.revision !== state.revision;
  if (fresh && state.key && !state.decision) keep();
  if (fresh && !opened && !next.decision) reconcile(state, next);
  state = next;
  if (fresh) draw(opened);
  const last = state.answer;
  const press = last && sent.get(last.press);
  if (press) { done(last.press); answered(last, press); } else busy();
}
function draw(opened) {
  const over = state.decision;
  if (over) edits.delete(state.key);
  element.classList.toggle('rw-decided', !!over);
  element.classList.toggle('rw-idle', !state.key);
  const past = over?.reason === NO_REPLY ? 'Closed without a reply' : PAST[over?.decision];
  notice(over ? { kind: 'done', title: `${past}${over.to ? ` to ${over.to}` : ''} by ${over.reviewer}, ${over.at}.`, text: over.reason === NO_REPLY ? '' : over.reason || '' } : state.notice);
  still();
  find('[data-owners]').replaceChildren(...(state.owners || []).map((name) => Object.assign(document.createElement('option'), { value: name })));
  tasks(over ? over.tasks : []);
  find('[data-press="approve"]').hidden = !!over;
  const holding = state.mark === 'escalate';
  const unneeded = state.mark === 'no_reply';
  find('[data-unneeded]').classList.toggle('rw-primary', unneeded);
  find('[data-unneeded]').classList.toggle('rw-quiet', !unneeded);
  find('[data-unneeded]').hidden = !!over;
  find('[data-actions] [data-ask="escalate"]').classList.toggle('rw-primary', holding);
  find('[data-actions] [data-ask="escalate"]').classList.toggle('rw-quiet', !holding);
  find('[data-press="copy"]').textContent = over ? 'Copy' : 'Approve and copy';
  for (const one of element.querySelectorAll('[data-ask]')) one.hidden = !!over;
  find('[data-rewrites]').hidden = !state.rewrites || !!over;
  find('[data-wishes]').replaceChildren(...(state.rewrites || []).map(({ name, wish }) => button('rw-button rw-small rw-quiet', name, () => { if (read().trim()) desk.press('rewrite', { reason: wish }); })));
  clear();
  if (over) { verdict('', ''); tell('[data-counter]', ''); }
  const made = state.answer?.draft;
  choose(made !== undefined && sent.has(state.answer.press) ? made : kept().chosen);
  thread(opened);
  growing();
  if (opened) answer(null);
}
box.addEventListener('input', changed);
box.addEventListener('keydown', (event) => {
  const command = event.ctrlKey || event.metaKey;
  let act = null;
  if (event.key === 'Enter' && command) act = () => desk.press('approve');
  else if (event.key === '.' && command) act = desk.fix;
  else if (event.key === 'F8') act = () => desk.finding(event.shiftKey ? -1 : 1);
  if (!act || event.isComposing) return;
  event.preventDefault();
  act();
});
watch('value', render);
render();
