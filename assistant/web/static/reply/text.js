// The reply editor: a plain-text box whose findings are painted by the CSS Custom Highlight API, so that the text itself
// is never touched while somebody types. What is shown is built as text nodes alone; nothing here reads HTML.
// The files of this folder share one scope and run in the order that `editor.py` names.
const desk = (window.replywright = window.replywright || {});
desk.keys = desk.keys || new Map();
const find = (selector) => element.querySelector(selector);
const painted = typeof Highlight === 'function' && !!CSS.highlights;

let box = find('[data-box]');
if (box.contentEditable !== 'plaintext-only') {   // an older browser: findings stand under the text only
  const area = document.createElement('textarea');
  for (const { name, value } of box.attributes) if (name !== 'contenteditable') area.setAttribute(name, value);
  area.placeholder = box.dataset.placeholder;
  box.replaceWith(area);
  box = area;
}
const plain = box.tagName === 'TEXTAREA';
let state = { key: '', revision: -1, drafts: [] };

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const tell = (selector, text) => { const at = find(selector); at.textContent = text || ''; at.hidden = !text; };
const typing = (at) => at.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(at.tagName);
function part(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
function button(name, text, act) {
  const made = part('button', name, text);
  made.type = 'button';
  made.onclick = act;
  return made;
}

/* Text and places. Offsets here are UTF-16 units; the server counts characters (code points). */

function pieces() {
  const found = [];
  let at = 0;
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        found.push({ node: child, from: at, text: child.data });
        at += child.data.length;
      } else {
        if (child.tagName === 'BR' || (at && /^(DIV|P)$/.test(child.tagName))) { found.push({ node: null, from: at, text: '\n' }); at += 1; }
        walk(child);
      }
    }
  };
  walk(box);
  return found;
}
// Browsers keep an extra line end after the last line; it is not part of the reply.
const read = () => (plain ? box.value : pieces().map((one) => one.text).join('')).replace(/\n+$/, '');
const write = (text) => { if (plain) box.value = text; else box.textContent = text; };

function units(text) {
  const at = [0];
  for (const character of text) at.push(at[at.length - 1] + character.length);
  return (offset) => at[Math.min(offset, at.length - 1)];
}
function range(from, to) {
  const found = new Range();
  let started = false;
  for (const { node, from: start, text } of pieces()) {
    if (!node) continue;
    const end = start + text.length;
    if (!started && from >= start && from <= end) { found.setStart(node, from - start); started = true; }
    if (started && to <= end) { found.setEnd(node, Math.max(0, to - start)); return found; }
  }
  return null;
}
function select(from, to) {
  box.focus();
  if (plain) { box.setSelectionRange(from, to); return; }
  const place = range(from, to);
  if (place) { getSelection().removeAllRanges(); getSelection().addRange(place); }
}
// Where the caret stands, or the end of what is selected; null where it is elsewhere.
function caret() {
  if (plain) return document.activeElement === box ? box.selectionEnd : null;
  const { focusNode, focusOffset } = getSelection();
  return place(focusNode, focusOffset);
}
// What is selected, from its first place to its last.
function selected() {
  if (plain) return [box.selectionStart, box.selectionEnd];
  const { anchorNode, anchorOffset } = getSelection();
  return [place(anchorNode, anchorOffset), caret()].sort((one, other) => one - other);
}
function place(node, offset) {
  if (!node || !box.contains(node)) return null;
  const all = pieces();
  const inside = all.find((one) => one.node === node);
  if (inside) return inside.from + offset;
  const after = node.childNodes[offset];
  const next = after && all.find((one) => one.node && (one.node === after || after.contains(one.node)));
  return next ? next.from : read().length;
}
// Puts words in a place as if they were typed, so that Ctrl+Z takes them back.
function replace(from, to, words) {
  select(from, to);
  document.execCommand(words ? 'insertText' : 'delete', false, words) || changed();
}
