/* Buttons. An approval, and that no reply is needed, is held back for some seconds, so that it can be undone: until
   then nothing is sent. */

const DRAFTING = ['another', 'anyway', 'retry', 'correct', 'rewrite'];
const NO_REPLY = 'No reply needed';
const WAIT = { act: 30000, draft: 180000 };
let pressing = 0;
const sent = new Map();    // presses without an answer, by number
let held = null;

function busy() {
  const on = [...sent.values()].some((press) => press.key === state.key);
  element.classList.toggle('rw-busy', on);
  find('[data-actions]').toggleAttribute('aria-busy', on);
}
function done(number) {
  for (const [one, press] of sent) if (one <= number) { clearTimeout(press.timer); sent.delete(one); unfollow(press.key); desk.turned(press.turn); }
  busy();
}
function send(press) {
  pressing += 1;
  const number = pressing;
  const event = DRAFTING.includes(press.action) ? 'draft' : 'act';
  const late = () => {
    done(number);
    answer('refused', 'The server has not answered. Reload the page to see what was recorded.');
  };
  const { who, ...body } = press;
  const mine = { key: press.key, who, body, timer: setTimeout(late, WAIT[event]) };
  sent.set(number, mine);
  busy();
  if (state.streams && GROWS.includes(press.action)) follow(press.key);
  const go = (turn) => { mine.turn = turn; mine.body = null; trigger(event, { ...body, asked: desk.asked(), press: number }); };
  if (event === 'act') desk.turn(go); else go();
}
desk.press = (action, more = {}) => {
  if (!state.key || desk.opening(state.key) || [...sent.values()].some((press) => press.key === state.key)) return;
  if (state.decision) {
    if (action === 'copy' && state.decision.text) copy(state.decision.text).then((ok) => answer('approved', ok ? 'Copied the approved text.' : 'Select the text and copy it.'));
    return;
  }
  if (held?.key === state.key) { if (action === held.action) flush(); return; }
  const text = read();
  const publishes = action === 'approve' || action === 'copy';
  if (publishes && !text.trim()) { answer('refused', 'There is no reply to approve yet.'); return; }
  if (publishes && unread()) { answer('refused', 'The thread moved on. Read what was added, then approve.'); return; }
  if (publishes && mode() === 'wait') { answer('info', 'Your text waits for somebody else to approve it.'); return; }
  if (publishes && mode() === 'hand') action = 'hand';
  answer(null);
  flush();
  const press = {
    key: state.key, who: state.who, action, text, seen: seen.get(state.key)?.thread || '',
    draft: typeof chosen === 'number' ? chosen : state.drafts.length, ...more,
  };
  const passes = action === 'approve' && !more.override && reported === text && report.verdict === 'pass';
  if (state.hold > 0 && (passes || more.reason === NO_REPLY)) hold(press);
  else {
    if (DRAFTING.includes(action)) answer('info', action === 'rewrite' ? 'Being rewritten…' : 'Being drafted…');
    send(press);
  }
};

desk.unneeded = () => desk.press('reject', { reason: NO_REPLY });

function hold(press) {
  held = { ...press, until: performance.now() + state.hold * 1000 };
  const at = find('[data-held]');
  const what = press.action === 'approve' ? `Approving the reply to ${press.who}` : `Closing the message of ${press.who} without a reply`;
  find('[data-held-text]').textContent = `${what}. Nothing is recorded yet.`;
  at.style.setProperty('--rw-hold', `${state.hold}s`);
  at.hidden = false;
  tick();
  still();
  if (document.activeElement === box) box.blur();
  if (desk.asked().onward) desk.onward?.();
}
function tick() {
  if (!held) return;
  const left = Math.ceil((held.until - performance.now()) / 1000);
  if (left <= 0) { flush(); return; }
  find('[data-held-left]').textContent = `${left} s`;
  held.timer = setTimeout(tick, 200);
}
function let_go() {
  const press = held;
  clearTimeout(press.timer);
  held = null;
  find('[data-held]').hidden = true;
  still();
  return press;
}
// A text stands still while its approval is held back, and while another message is being opened.
function still() {
  const here = !!held && held.key === state.key;
  const opening = !!desk.opening?.(state.key);
  element.classList.toggle('rw-held-here', here);
  document.body.classList.toggle('rw-opening', opening);
  const fixed = here || opening || !!state.decision;
  const editable = fixed ? 'false' : 'plaintext-only';
  if (plain) box.readOnly = fixed; else if (box.contentEditable !== editable) box.contentEditable = editable;
}
desk.still = still;
function flush() { if (held) { const { until, timer: _, ...press } = let_go(); send(press); } }
function undo() {
  const { key } = let_go();
  if (key === state.key && !desk.opening(key)) answer('info', 'Undone. Nothing was recorded.');
  else desk.open(key);
}
// A page that is left sends what waits: for its turn, or held back.
addEventListener('pagehide', () => {
  const waiting = [...sent.values()].flatMap((press) => press.body || []);
  if (held) {
    const { until, timer: _, who, ...press } = let_go();
    waiting.push(press);
  }
  for (const press of waiting) {
    const body = JSON.stringify({ ...press, asked: desk.asked() });
    fetch('api/press', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, keepalive: body.length < 60000 });
  }
});
document.addEventListener('keydown', (event) => {
  if (!held || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key !== 'Escape' && event.key !== 'z') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  undo();
}, true);
