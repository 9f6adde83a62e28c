// What a page asks to see, one question at a time, and after the answer only the newest of those that came meanwhile.
// (Gradio's own "always_last" asks its older question again.) Each carries a number, which the answer gives back: an
// answer that is not the newest's, as a button's may be, is shown for a moment and asked over.
const LOST = 10000;   // milliseconds after which an answer counts as lost
function latest(send) {
  let newest = {}, number = 0, sent = 0, waiting = 0;
  const go = () => {
    clearTimeout(waiting);
    waiting = setTimeout(go, LOST);
    sent = number;
    send({ ...newest, number });
  };
  return {
    get number() { return number; },
    ask(asked) {
      newest = asked;
      number += 1;
      if (!waiting) go();
    },
    // Whether the answer of that number is the newest's.
    got(answer) {
      if (answer >= sent) { clearTimeout(waiting); waiting = 0; }
      if (answer < number && !waiting) go();
      return answer >= number;
    },
  };
}
