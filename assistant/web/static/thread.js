// The newest post is the one to answer: a thread opens at its end, and goes there again when something was added.
let shown = '';
watch('value', () => {
  const thread = element.querySelector('.rw-thread');
  const at = element.querySelector('[data-key]');
  const now = at ? `${at.dataset.thread} ${at.dataset.key}` : '';
  if (!thread || now === shown) return;
  shown = now;
  thread.scrollTop = thread.scrollHeight;
});
