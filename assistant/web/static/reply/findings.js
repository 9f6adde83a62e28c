/* Findings: in a list under the text, at their place in it, and by keys. */

const LEVELS = { block: 'Blocks', error: 'Error', warning: 'Warning', suggestion: 'Suggestion' };
const kind = (finding) => (finding.blocking ? 'block' : finding.level);
let located = [];    // those with a place, in the order of the text

// What could stand in a place instead, best first.
function choices(finding) {
  if (finding.fix) return [finding.fix];
  if (finding.end === finding.start) return [];
  return finding.suggestions.slice(0, 3).map((replacement) => ({ start: finding.start, end: finding.end, replacement }));
}
const named = (fix) => (fix.replacement ? `Use “${fix.replacement.length > 40 ? `${fix.replacement.slice(0, 39)}…` : fix.replacement}”` : 'Remove');
// A fix that is pressed before the newest text is checked waits for that, and is taken if it is still offered there.
let wanted = null;
function take(fix, finding) {
  if (state.decision || held?.key === state.key) return;
  if (reported !== read()) { wanted = { key: state.key, rule: finding.rule, match: finding.match, replacement: fix.replacement }; return; }
  const at = units(reported);
  hint(null);
  if (fix.replacement) replace(at(fix.start), at(fix.end), fix.replacement);
  else leaveOut(reported, at(fix.start), at(fix.end));
}
function takeWanted(findings) {
  const { key, rule, match, replacement } = wanted;
  wanted = null;
  if (key !== state.key) return;
  for (const finding of findings) {
    if (finding.rule !== rule || finding.match !== match) continue;
    const fix = choices(finding).find((one) => one.replacement === replacement);
    if (fix) { take(fix, finding); return; }
  }
}
// What is left out takes a space with it, and its capital goes to the word that opens the sentence now.
function leaveOut(text, from, to) {
  const opens = !text.slice(0, from).trim() || /[.!?…\n]\s*$/.test(text.slice(0, from));
  const spaced = /^\s?$/.test(text.charAt(from - 1));
  if (spaced && text.charAt(to) === ' ') to += 1;
  else if (text.charAt(from - 1) === ' ' && /^[\s.,;:!?]?$/.test(text.charAt(to))) from -= 1;
  if (text.charAt(from - 1) === ',' && text.charAt(to) === ',') to += 1;
  const first = opens && text.charAt(from) !== text.charAt(from).toLowerCase() ? text.charAt(to) : '';
  if (/^\p{Ll}$/u.test(first)) replace(from, to + 1, first.toUpperCase());
  else replace(from, to, '');
}
function row(finding, at) {
  const item = part('li', `rw-finding rw-finding-${kind(finding)}`);
  item.append(part('span', 'rw-level', LEVELS[kind(finding)]));
  const body = part('div', 'rw-finding-body');
  const said = part('p');
  if (finding.end > finding.start && finding.match) {
    // The words found are the way to their place; where the message does not name them (a secret), a word after it is.
    const found = finding.message.indexOf(finding.match);
    const place = button('rw-place', found < 0 ? 'show' : finding.match, () => select(at(finding.start), at(finding.end)));
    place.title = 'Go to the place in the text';
    if (found < 0) said.append(`${sentence(finding.message)} `, place);
    else said.append(finding.message.slice(0, found), place, finding.message.slice(found + finding.match.length));
  } else said.append(sentence(finding.message));
  body.append(said, part('p', 'rw-rule', finding.rule + (finding.compared_with ? `, compared with ${finding.compared_with}` : '')));
  item.append(body);
  for (const fix of choices(finding)) item.append(button('rw-button rw-small', named(fix), () => take(fix, finding)));
  return item;
}
// Rules that did not run for one reason are one line: of those that don't read a language there are dozens.
function together(missed) {
  const lines = new Map();
  for (const one of missed) {
    const same = lines.get(one.required + one.reason) || lines.set(one.required + one.reason, { ...one, rules: [] }).get(one.required + one.reason);
    same.rules.push(one.rule);
  }
  return [...lines.values()];
}
function skippedBody({ rules, reason }) {
  if (rules.length === 1) return part('div', 'rw-finding-body', `${rules[0]}: ${reason}`);
  const body = part('details', 'rw-finding-body');
  body.append(part('summary', '', `${rules.length} rules: each ${reason}`), part('p', 'rw-rule', rules.join(', ')));
  return body;
}
function skipped(one) {
  const item = part('li', `rw-finding rw-finding-${one.required ? 'block' : 'warning'}`);
  item.append(part('span', 'rw-level', 'Not run'), skippedBody(one));
  return item;
}

/* At the place: a hint under the words, gone as soon as somebody types. */

const bubble = find('[data-hint]');
let hinted = null;
let hinting = 0;
let fixing = false;
const shownHint = () => hinted;

function hint(one) {
  clearTimeout(hinting);
  hinted = one;
  if (!one || !one.place) { if (bubble.matches(':popover-open')) bubble.hidePopover(); return; }
  const { finding } = one;
  const [fix] = choices(finding);
  bubble.className = `rw-hint rw-finding-${kind(finding)}`;
  bubble.replaceChildren(part('span', 'rw-level', LEVELS[kind(finding)]), part('p', '', sentence(finding.message)));
  if (fix && !state.decision) {
    const use = button('rw-button rw-small', named(fix), () => take(fix, finding));
    use.append(' ', part('kbd', '', 'Ctrl .'));
    bubble.append(use);
  }
  if (!bubble.matches(':popover-open')) bubble.showPopover();
  const at = one.place.getClientRects()[0] || one.place.getBoundingClientRect();
  const size = bubble.getBoundingClientRect();
  const below = at.bottom + 6;
  bubble.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  bubble.style.top = `${below + size.height < innerHeight - 8 ? below : Math.max(8, at.top - size.height - 6)}px`;
}
const soon = (one, wait) => { clearTimeout(hinting); hinting = setTimeout(hint, wait, one); };
const under = (x, y) => located.find((one) => one.place && [...one.place.getClientRects()].some((at) => x >= at.left && x <= at.right && y >= at.top && y <= at.bottom));
const around = (at) => located.find((one) => one.from <= at && at <= one.to);

if (!plain && typeof bubble.showPopover === 'function') {
  box.addEventListener('mousemove', (event) => {
    if (event.buttons) return;
    const one = under(event.clientX, event.clientY);
    if (one && one !== hinted) soon(one, 150);
    else if (!one && hinted) soon(null, 250);
    else if (!one) clearTimeout(hinting);
  });
  box.addEventListener('mouseleave', () => soon(null, 250));
  bubble.addEventListener('mouseenter', () => clearTimeout(hinting));
  bubble.addEventListener('mouseleave', () => soon(null, 250));
  bubble.addEventListener('mousedown', (event) => event.preventDefault());   // the caret stays where it is
  document.addEventListener('selectionchange', () => {
    if (document.activeElement !== box || !getSelection().isCollapsed) return;
    const at = caret();
    const one = at === null ? null : around(at);
    if (one !== hinted) soon(one || null, one ? 300 : 60);
  });
  box.addEventListener('blur', () => { if (!bubble.matches(':hover')) soon(null, 100); });
  box.addEventListener('scroll', () => hint(null));
}

/* By keys: from one to the next, and the best fix of the one at the caret, or of the worst that has one. */

desk.finding = (by) => {
  if (!located.length || state.decision) return;
  const at = document.activeElement === box ? caret() : null;
  const now = hinted ? located.indexOf(hinted) : -1;
  let next;
  if (now >= 0) next = located[(now + by + located.length) % located.length];
  else if (by > 0) next = located.find((one) => at === null || one.from > at) || located[0];
  else next = [...located].reverse().find((one) => at === null || one.to < at) || located[located.length - 1];
  select(next.from, next.to);
  hint(next);
};
desk.fix = () => {
  if (reported !== read()) { fixing = true; return; }   // asked for faster than the check: taken when it is there
  fixing = false;
  const [from, to] = document.activeElement === box ? selected() : [];
  const here = (from === undefined ? [hinted] : located.filter((one) => one.from <= to && from <= one.to)).filter(Boolean)
    .sort((one, other) => choices(other.finding).length - choices(one.finding).length)[0];
  const order = { block: 0, error: 1, warning: 2, suggestion: 3 };
  const others = [...(report?.findings || [])].sort((one, other) => order[kind(one)] - order[kind(other)]);
  const finding = here ? here.finding : others.find((one) => choices(one).length);
  if (!finding) return;
  const [fix] = choices(finding);
  if (fix) take(fix, finding);
  else answer('info', 'There is no ready fix for this one: change the words yourself.');
};
