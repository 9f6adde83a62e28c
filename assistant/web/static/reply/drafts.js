/* Drafts, a colleague's text and one's own: what was typed and not decided stays, by message, in memory only. */

let chosen = 0;             // a draft's number, 'handed' or 'own'
const edits = new Map();

const kept = () => edits.get(state.key) || { chosen: null, texts: {} };
const before = (id) => (id === 'handed' ? state.handed?.text : id === 'own' ? undefined : state.drafts[id]?.text ?? '');

function tabs() {
  const found = state.drafts.map((draft, number) => ({ id: number, name: state.mark === 'escalate' ? `Holding reply ${number + 1}` : `Draft ${number + 1}`, why: draft.why }));
  if (state.handed) found.unshift({ id: 'handed', name: state.handed.own ? 'Your text' : `${state.handed.author}’s text`, why: state.handed.waits ? 'waits for a second person' : 'given back' });
  const { own } = kept().texts;
  if (own !== undefined) found.push({ id: 'own', name: kept().edited === false ? 'Earlier draft' : 'Your text', why: 'kept from before' });
  return found;
}
function keep() {
  if (!state.key || state.decision) return;
  const now = kept();
  now.chosen = chosen;
  const text = read();
  if (chosen === 'own') now.edited = true;
  if (text === before(chosen)) delete now.texts[chosen]; else now.texts[chosen] = text;
  edits.set(state.key, now);
}
// The drafts were made anew: what was typed into one of them is kept beside them, and so is one that was open while the
// thread moved on.
function reconcile(old, next) {
  const now = edits.get(next.key);
  const moved = old.thread !== next.thread;
  const gone = (id) => (id === 'handed' ? !next.handed : id !== 'own' && old.drafts[id]?.text !== next.drafts[id]?.text);
  if (!now) return;
  if (next.handed && next.handed.text === (now.texts[now.chosen] ?? before(now.chosen))) {   // what was just handed over
    delete now.texts[now.chosen];
    now.chosen = 'handed';
  }
  for (const id of Object.keys(now.texts)) {
    if (id === 'own' || !gone(id)) continue;
    if (String(now.chosen) === id || now.texts.own === undefined) Object.assign(now, { edited: true }).texts.own = now.texts[id];
    if (String(now.chosen) === id) now.chosen = 'own';
    delete now.texts[id];
  }
  const open = old.drafts[now.chosen]?.text;
  if (moved && open && gone(now.chosen) && now.texts.own === undefined) Object.assign(now, { chosen: 'own', edited: false }).texts.own = open;
  else if (typeof now.chosen === 'number' && gone(now.chosen)) now.chosen = null;
}
function choose(id) {
  const all = tabs();
  chosen = all.some((one) => one.id === id) ? id : all[0]?.id ?? 0;
  const text = state.decision ? state.decision.text || '' : kept().texts[chosen] ?? before(chosen) ?? '';
  tell('[data-counter]', '');
  if (text !== read()) write(text);   // what is being typed, caret and all, is left alone
  if (state.key) edits.set(state.key, Object.assign(kept(), { chosen }));
  variants();
  lead();
  desk.cardShown();
  find('[data-verdict]').textContent = '';
  find('[data-advice]').hidden = true;
  asking += 1;
  check();
}
function variants() {
  const all = tabs();
  find('[data-drafts]').hidden = !all.length || !!state.decision;
  find('[data-variants]').replaceChildren(...all.map((tab, number) => {
    const made = button('rw-variant', tab.name, () => choose(tab.id));
    made.setAttribute('role', 'radio');
    made.setAttribute('aria-checked', String(tab.id === chosen));
    made.tabIndex = tab.id === chosen ? 0 : -1;
    made.onkeydown = (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      choose(all[(number + by + all.length) % all.length].id);
      find('[role="radio"][aria-checked="true"]').focus();
    };
    return made;
  }));
  const why = find('[data-why]');
  why.textContent = why.title = all.find((tab) => tab.id === chosen)?.why || '';
}
desk.cardShown = () => {
  for (const source of document.querySelectorAll('#rw-card [data-drafts]')) source.hidden = !source.dataset.drafts.split(' ').includes(String(typeof chosen === 'number' ? chosen : 0));
};
desk.another = () => {
  if (state.decision || held?.key === state.key) return;
  const all = tabs();
  const next = all[all.findIndex((tab) => tab.id === chosen) + 1];
  if (next) choose(next.id); else desk.press('another');
};

/* Four eyes: one person's text is approved by another, as it is. */

function mode() {
  if (!state.four_eyes) return 'approve';
  const { handed } = state;
  const same = chosen === 'handed' && !!handed?.waits && read() === handed.text;
  if (!same) return 'hand';
  return handed.own ? 'wait' : 'approve';
}
const LEADS = { approve: 'Approve', hand: 'Hand to a second person', wait: 'Waits for a second person' };
function lead() {
  const now = mode();
  const at = find('[data-press="approve"]');
  at.firstChild.data = `${LEADS[now]} `;
  at.disabled = now === 'wait';
  const stopped = !!report && report.verdict !== 'pass';   // what can't go out as it stands is not offered first
  at.classList.toggle('rw-primary', !stopped && !['escalate', 'no_reply'].includes(state.mark));
  at.title = stopped ? 'Not as it stands: see the findings' : '';
  find('[data-press="copy"]').hidden = state.decision ? !state.decision.text : now !== 'approve';
}
