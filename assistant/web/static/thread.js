// The newest post is the one to answer: a long thread opens at its end, once for each message.
let opened = '';
watch('value', () => {
  const thread = element.querySelector('.rw-thread');
  const key = element.querySelector('[data-key]')?.dataset.key;
  if (!thread || key === opened) return;
  opened = key;
  thread.scrollTop = thread.scrollHeight;
});
