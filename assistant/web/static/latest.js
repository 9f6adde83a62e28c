// What a page asks to see, one question at a time, and after the answer only the newest of those that came meanwhile.
// (Gradio's own "always_last" asks its older question again.) What a button does is answered by what is to be seen, too,
// so it takes its turn among them: neither answer then comes behind the other's back. Each question carries a number,
// which the answer gives back: one that is not the newest's, as a draft's may be, is shown for a moment and asked over.
const LOST = 10000;   // milliseconds after which an answer counts as lost
function latest(send) {
  let number = 0, sent = 0, waiting = 0;
  const acts = [];
  const next = () => {
    clearTimeout(waiting);
    waiting = setTimeout(next, LOST);
    const act = acts.shift();
    if (act) number += 1;
    sent = number;
    (act || send)(number);
  };
  const free = () => { clearTimeout(waiting); waiting = 0; };
  return {
    get number() { return number; },
    ask() {
      number += 1;
      if (!waiting) next();
    },
    act(act) {
      acts.push(act);
      if (!waiting) next();
    },
    // Whether the answer of that number is the newest's.
    got(answer) {
      if (answer >= sent) free();
      if ((answer < number || acts.length) && !waiting) next();
      return answer >= number;
    },
    // That a button has an answer: where nothing was shown with it, it was refused, and what is to be seen is asked.
    done(act) {
      if (act !== sent || !waiting) return;
      free();
      number += 1;
      next();
    },
  };
}
