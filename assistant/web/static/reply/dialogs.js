/* Dialogs that ask for a reason, a name, a wish, or what a message really is. */

let asked_with = {};
const dialog = (name) => find(`[data-dialog="${name}"]`);
desk.shown = () => state.key;
desk.edit = () => {
  if (state.decision || held?.key === state.key || desk.opening(state.key)) return;
  const end = read().length;
  select(end, end);
};
desk.ask = (name, more = {}) => {
  if (state.decision || !state.key || held?.key === state.key || desk.opening(state.key)) return;
  if (name === 'rewrite' && (!state.rewrites || !read().trim())) return;
  if (name === 'triage' && !state.triage) return;
  const form = dialog(name).querySelector('form');
  form.reset();
  if (form.to) form.to.value = state.owner || '';
  if (form.holding) {
    const may = !!read().trim() && mode() === 'approve';
    form.holding.checked = state.mark === 'escalate' && may;
    find('[data-holding]').hidden = !may;
  }
  if (name === 'triage') {
    const { intents, sentiment, escalation, review, reply } = state.triage;
    for (const one of form.intents) one.checked = intents.includes(one.value);
    form.sentiment.value = sentiment;
    form.danger.value = escalation ? `escalation:${escalation}` : review ? `review:${review}` : '';
    form.reply.checked = reply;
  }
  asked_with = more;
  dialog(name).showModal();
};
function said(form) {
  // Those that stood there first stay in their order: the first is the most prominent.
  const ticked = [...form.intents].filter((one) => one.checked).map((one) => one.value);
  const stood = state.triage.intents.filter((one) => ticked.includes(one));
  const [sort, name] = form.danger.value.split(':');
  return {
    intents: [...stood, ...ticked.filter((one) => !stood.includes(one))], sentiment: form.sentiment.value, reply: form.reply.checked,
    escalation: sort === 'escalation' ? name : null, review: sort === 'review' ? name : null,
  };
}
for (const name of ['escalate', 'reject', 'override', 'back', 'rewrite', 'triage']) {
  dialog(name).querySelector('form').addEventListener('submit', (event) => {
    const form = event.target;
    if (name === 'triage') {
      const triage = said(form);
      if (triage.intents.length) desk.press('correct', { triage });
      else { event.preventDefault(); form.intents[0].focus(); }
      return;
    }
    const words = { reason: form.reason.value, to: form.to ? form.to.value : '', holding: !!form.holding?.checked };
    if (words.holding && unread()) { answer('refused', 'The thread moved on. Read what was added first.'); return; }
    if (name === 'override') desk.press(asked_with.copy ? 'copy' : 'approve', { ...words, override: true });
    else desk.press(name, words);
  });
}
element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at('[data-press]')) desk.press(at('[data-press]').dataset.press);
  if (at('[data-ask]')) desk.ask(at('[data-ask]').dataset.ask);
  if (at('[data-another]')) desk.another();
  if (at('[data-unneeded]')) desk.unneeded();
  if (at('[data-read]')) desk.readThread();
  if (at('[data-stop]')) desk.stop();
  if (at('[data-undo]')) undo();
  if (at('[data-now]')) flush();
  if (at('[data-close]')) at('dialog').close();
});
const bind = (key, does, run) => desk.keys.set(key, { group: 'Reply', does, run });
bind('y', 'close it without a reply', () => desk.unneeded());
bind('z', 'undo while it counts down, also Esc', () => {});
bind('Esc', 'stop a draft that is being written');
bind('f', 'next finding, F for the one before', () => desk.finding(1));
bind('F', 'next finding, F for the one before', () => desk.finding(-1));
bind('x', 'take the best fix of a finding', () => desk.fix());
bind('F8', 'next finding while editing, Shift goes back');
bind('Ctrl .', 'take the best fix while editing');
bind('d', 'reword the draft, where a model is set up', () => desk.ask('rewrite'));
bind('g', 'correct the triage', () => desk.ask('triage'));
bind('v', 'you have read what was added', () => desk.readThread());
document.addEventListener('click', (event) => { if (event.target.closest('[data-correct]')) desk.ask('triage'); });
