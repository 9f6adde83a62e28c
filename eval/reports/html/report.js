"use strict";
// Shows the cases. Every text is set as text; nothing is ever parsed as HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const cases = data.cases, isDiff = data.kind === "diff";
  const one = (selector) => document.querySelector(selector);
  const list = one(".list"), detail = one(".detail"), form = one(".filters");
  const STEP = 300, PRINTED = 200;
  const ORDER = isDiff ? ["lost", "won", "changed", "same"] : ["failed", "incomplete", "passed"];
  let found = [], shown = STEP, current = null;

  const el = (tag, kind, ...inside) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    for (const child of inside.flat()) if (child !== null && child !== undefined && child !== false) made.append(child);
    return made;
  };
  const mark = (word, kind) => el("span", "mark " + (kind || word), word);
  const text = (kind, ...inside) => { const made = el("div", kind, ...inside); made.dir = "auto"; return made; };
  const figure = (value) => value === null ? "unscored" : value.toFixed(3);
  const signed = (value) => (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value).toFixed(3);

  const failing = (score) => isDiff ? Boolean(score.difference) : score.state !== "passed" && !score.advisory;
  const words = (piece) => piece[0];
  const haystack = (item) => {
    const replies = isDiff ? item.sides.flatMap((side) => (side.pieces || []).map(words))
      : item.drafts.flatMap((draft) => [draft.pieces.map(words).join(""), ...draft.findings.map((f) => f.rule + " " + f.message)]);
    const reasons = isDiff ? [] : item.scores.filter((score) => !score.advisory).map((score) => score.reason);
    return [item.id, item.message, ...item.tags, ...item.about, ...replies, ...reasons, item.error || ""].join("\n").toLowerCase();
  };
  for (const item of cases) item.hay = haystack(item);

  const choose = (name, all, options) => {
    const select = form.elements[name], blank = el("option", "", all);
    blank.value = "";
    select.append(blank);
    for (const [value, label] of options) { const option = el("option", "", label); option.value = value; select.append(option); }
  };
  const counted = (pick) => {
    const counts = new Map();
    for (const item of cases) for (const name of new Set(pick(item))) counts.set(name, (counts.get(name) || 0) + 1);
    return counts;
  };
  const listed = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, n]) => [name, `${name} (${n})`]);
  const outcomes = counted((item) => [item.outcome]);
  choose("outcome", "All", ORDER.filter((name) => outcomes.has(name)).map((name) => [name, `${name} (${outcomes.get(name)})`]));
  choose("tag", "All", listed(counted((item) => item.tags)));
  choose("dimension", "Any dimension", listed(counted((item) => item.scores.filter(failing).map((score) => score.name))));

  const why = (item) => {
    if (item.error) return item.error;
    const bad = item.scores.filter((score) => failing(score) && !score.advisory);
    if (bad.length) return bad.map((score) => `${score.name} ${isDiff ? signed(score.difference) : figure(score.value)}`).join(", ");
    return item.message;
  };
  const row = (item) => {
    const button = el("button", "", el("span", "row", el("span", "name", item.id + (item.epoch ? ` #${item.epoch}` : "")),
      mark(item.autofail ? "autofail" : item.outcome, item.outcome)), el("span", "line", why(item)));
    button.type = "button";
    button.addEventListener("click", () => open(item));
    item.button = button;
    return el("li", "", button);
  };

  const filter = () => {
    const want = Object.fromEntries(new FormData(form)), terms = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    found = cases.filter((item) => (!want.outcome || item.outcome === want.outcome) && (!want.tag || item.tags.includes(want.tag))
      && (!want.dimension || item.scores.some((score) => score.name === want.dimension && failing(score)))
      && terms.every((term) => item.hay.includes(term)));
    shown = STEP;
    draw();
    if (!found.includes(current)) open(found[0] || null, true);
  };
  const draw = () => {
    list.replaceChildren(...found.slice(0, shown).map(row));
    if (found.length > shown) {
      const more = el("button", "more", `Show ${Math.min(STEP, found.length - shown)} more of ${found.length - shown}`);
      more.type = "button";
      more.addEventListener("click", () => { shown += STEP; draw(); });
      list.append(el("li", "", more));
    }
    one(".count").textContent = found.length === cases.length ? `${cases.length} cases` : `${found.length} of ${cases.length} cases`;
    if (current && current.button) current.button.setAttribute("aria-current", "true");
  };

  const conversation = (item) => [
    ...item.thread.map((turn) => el("div", "bubble " + turn.role, el("div", "who", turn.role), text("text", turn.text))),
    el("div", "bubble", el("div", "who", "customer"), text("text", item.message)),
  ];
  const heading = (item, ...marks) => el("div", "", el("h2", "", item.id + (item.epoch ? `, epoch ${item.epoch}` : "")),
    el("div", "chips", ...marks, ...item.about.map((name) => mark(name, "")), ...item.tags.map((name) => mark("#" + name, "plain"))));

  const draft = (item, number) => {
    const weight = ["blocking", "error", "warning", "suggestion"];
    const pieces = item.pieces.map(([part, marked]) => {
      if (!marked.length) return part;
      const levels = marked.map((at) => item.findings[at].level);
      const made = el("mark", weight.find((level) => levels.includes(level)), part);
      made.title = marked.map((at) => item.findings[at].rule).join(", ");
      return made;
    });
    const told = [...item.findings.map((f) => el("li", "", mark(f.level), " ", el("b", "", f.rule), " ", f.message)),
      ...item.notRun.map((said) => el("li", "", mark("not run", "open"), " ", said))];
    return el("div", "reply" + (number ? "" : " best"), el("div", "head", el("b", "", item.drafter === "past" ? "Past reply" : number ? `Draft ${number + 1}` : "Best draft"), item.drafter === "past" ? null : item.drafter, mark(item.verdict)),
      text("text", pieces), told.length ? el("ul", "", told) : null);
  };
  const quotes = (said) => said && said.length ? el("small", "", said.map((words) => `“${words}”`).join(" · ")) : null;
  const votes = (score) => score.votes && score.votes.length > 1 ? el("ol", "votes", score.votes.map((vote) => el("li", "",
    mark(vote.mark === null ? "no mark" : `${vote.mark} of 5`, vote.mark === null ? "unscored" : ""), text("", vote.reason, quotes(vote.quoted))))) : null;
  const reasons = (score) => [text("", score.reason), votes(score) || quotes(score.quoted)];
  const scores = (items) => el("table", "", el("tbody", "", items.map((score) => el("tr", "",
    el("th", "score-name", score.name, " ", score.advisory ? mark("advisory") : null),
    el("td", "number", score.state === "unscored" ? mark("unscored") : figure(score.value)),
    el("td", "", score.advisory ? null : mark(score.autofail ? "autofail" : score.state, score.state)),
    el("td", "", reasons(score))))));
  const opinion = (score) => score.advisory && score.kind === "judge";
  const folded = (title, inside) => el("details", "", el("summary", "", title), inside);

  const caseOf = (item) => {
    const deciding = item.scores.filter((score) => !score.advisory), judged = item.scores.filter(opinion);
    const advisory = item.scores.filter((score) => score.advisory && !opinion(score));
    return el("div", "case",
      heading(item, mark(item.autofail ? "autofail" : item.outcome, item.outcome), item.status ? mark(item.status, "changed") : null),
      item.error ? [el("h3", "", "Not run"), el("div", "reply", mark("error"), " ", text("text", item.error))] : null,
      el("h3", "", "Scores"), deciding.length ? scores(deciding) : el("p", "hint", "Nothing was scored."),
      judged.length ? [el("h3", "", "What the judge says, which decides nothing"), scores(judged)] : null,
      advisory.length ? folded(`${advisory.length} advisory scores`, scores(advisory)) : null,
      el("h3", "", "Message"), conversation(item),
      item.triage && item.triage.length ? el("div", "chips", item.triage.map((name) => mark(name, "plain"))) : null,
      el("h3", "", item.drafts.length === 1 ? "Reply" : "Drafts"), item.drafts.length ? item.drafts.map(draft) : el("p", "hint", "There is no draft."));
  };
  const side = (letter, item) => el("div", "reply", el("div", "head", el("b", "", letter), mark(item.outcome), item.status, item.passed),
    item.error ? text("text", item.error) : item.pieces ? text("text", item.pieces.map(([part, changed]) => changed ? el("mark", letter === "A" ? "gone" : "new", part) : part)) : el("p", "hint", "There is no draft."));
  const moved = (items) => el("table", "", el("tbody", "", items.map((score) => {
    const cell = (at) => !score.asked[at] ? "·" : score.values[at] === null ? mark("unscored") : figure(score.values[at]);
    const change = score.difference;
    return el("tr", "", el("th", "score-name", score.name, " ", score.advisory ? mark("advisory") : null),
      el("td", "number", cell(0)), el("td", "number", cell(1)),
      el("td", "number " + (change > 0 ? "up" : change < 0 ? "down" : ""), change === null || change === undefined ? "" : signed(change)),
      el("td", "", score.reasons[0] !== score.reasons[1] ? [score.reasons[0] ? el("small", "", "A: " + score.reasons[0]) : null, score.reasons[1] ? el("small", "", "B: " + score.reasons[1]) : null] : el("small", "", score.reasons[0])));
  })));
  const preferred = (items) => el("table", "", el("tbody", "", items.map((one) => el("tr", "", el("th", "score-name", one.name),
    el("td", "", one.winner ? mark(one.winner, one.winner === "tie" ? "" : "changed") : mark("no preference", "unscored")),
    el("td", "", text("", one.reason), one.votes.length > 1 || one.flips ? el("small", "", `Both orders asked: ${one.votes.join(", ")}`
      + (one.flips ? `; ${one.flips} went with the place` : "")) : null)))));
  const pairOf = (item) => {
    const deciding = item.scores.filter((score) => !score.advisory), advisory = item.scores.filter((score) => score.advisory);
    return el("div", "case", heading(item, mark(item.outcome)), el("h3", "", "Message"), conversation(item),
      el("h3", "", "Replies"), el("div", "sides", side("A", item.sides[0]), side("B", item.sides[1])),
      item.judged.length ? [el("h3", "", "What the judge prefers, which decides nothing"), preferred(item.judged)] : null,
      el("h3", "", "Scores: A, B, B − A"), moved(deciding), advisory.length ? folded(`${advisory.length} advisory scores`, moved(advisory)) : null);
  };
  const shownOf = isDiff ? pairOf : caseOf;

  const open = (item, quiet) => {
    if (current && current.button) current.button.removeAttribute("aria-current");
    current = item;
    detail.replaceChildren(item ? shownOf(item) : el("p", "empty", "No case fits these filters."));
    if (!item) return;
    if (item.button) { item.button.setAttribute("aria-current", "true"); if (!quiet) item.button.scrollIntoView({ block: "nearest" }); }
    if (!quiet && location.protocol !== "about:") history.replaceState(null, "", "#" + encodeURIComponent(item.key));
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("[data-tag]")) button.addEventListener("click", () => {
    form.elements.tag.value = button.dataset.tag;
    filter();
    one("#cases").scrollIntoView();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing) { event.preventDefault(); form.elements.text.focus(); return; }
    if (event.key === "Escape" && event.target === form.elements.text) { form.elements.text.value = ""; filter(); return; }
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const free = event.target === document.body || list.contains(event.target) || detail.contains(event.target)
      || (event.target === form.elements.text && event.key.startsWith("Arrow"));
    if (!step || !free || !found.length) return;
    event.preventDefault();
    const next = found[Math.max(0, Math.min(found.length - 1, found.indexOf(current) + step))];
    if (found.indexOf(next) >= shown) { shown += STEP; draw(); }
    open(next);
    if (event.target !== form.elements.text) next.button.focus();
  });
  addEventListener("beforeprint", () => {
    const more = found.length - PRINTED;
    one(".printed").replaceChildren(...found.slice(0, PRINTED).map(shownOf), more > 0 ? el("p", "", `${more} more cases are in the file and not on paper.`) : "");
  });
  addEventListener("afterprint", () => one(".printed").replaceChildren());

  one(".explorer").hidden = false;
  filter();
  const asked = cases.find((item) => location.hash === "#" + encodeURIComponent(item.key));
  if (asked) open(asked);
})();
