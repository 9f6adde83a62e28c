// Filters, grouping, and a plot as a picture. What is chosen stands in the address, so that it can be sent to somebody.
const NAMES = ['period', 'channel', 'intent', 'by'];
const asked = Object.fromEntries([...new URLSearchParams(location.hash.slice(1))].filter(([name]) => NAMES.includes(name)));
const looks = latest((number) => trigger('look', { ...asked, number }));
const look = (change) => {
  Object.assign(asked, change);
  for (const name of NAMES) if (!asked[name]) delete asked[name];
  history.replaceState(null, '', `${location.pathname}#${new URLSearchParams(asked)}`); // a bare # would count from the base address
  element.querySelector('.rw-insights')?.setAttribute('aria-busy', 'true');
  looks.ask();
};
const HUES = ['fill', 'stroke', 'stroke-width', 'stroke-linejoin', 'opacity', 'font-size', 'font-family', 'font-weight'];
const WIDE = 1520, PAD = 40;

// The picture is drawn here and leaves as a data address: nothing is sent anywhere.
const png = async (figure) => {
  const drawn = figure.querySelector('svg.plot'), copy = drawn.cloneNode(true);
  const was = [drawn, ...drawn.querySelectorAll('*')], now = [copy, ...copy.querySelectorAll('*')];
  was.forEach((node, place) => { for (const name of HUES) now[place].style.setProperty(name, getComputedStyle(node).getPropertyValue(name)); });
  const box = drawn.viewBox.baseVal, scale = WIDE / box.width, high = box.height * scale;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', WIDE);
  copy.setAttribute('height', high);
  copy.style.width = copy.style.height = '';
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  const canvas = document.createElement('canvas'), pen = canvas.getContext('2d'), style = getComputedStyle(figure);
  canvas.width = WIDE + 2 * PAD;
  canvas.height = high + 2 * PAD + 84;
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.font = `600 34px ${style.fontFamily}`;
  pen.fillText(figure.querySelector('h2').textContent, PAD, PAD + 28);
  pen.font = `26px ${style.fontFamily}`;
  let at = PAD;
  for (const key of figure.querySelectorAll('.rw-key')) {
    pen.fillStyle = getComputedStyle(key, '::before').backgroundColor;
    pen.fillRect(at, PAD + 54, 30, 6);
    pen.fillStyle = style.color;
    pen.fillText(key.textContent, at + 42, PAD + 66);
    at += 42 + pen.measureText(key.textContent).width + 44;
  }
  pen.fillText(figure.querySelector('figcaption .rw-muted').textContent, at, PAD + 66);
  pen.drawImage(picture, PAD, PAD + 92);
  const link = document.createElement('a');
  link.href = canvas.toDataURL('image/png');
  link.download = `replywright-${figure.dataset.chart}.png`;
  link.click();
};

element.addEventListener('change', (event) => { if (event.target.matches('.rw-choose select')) look({ [event.target.name]: event.target.value }); });
element.addEventListener('submit', (event) => event.preventDefault());
element.addEventListener('click', (event) => {
  const by = event.target.closest('[data-by]'), picture = event.target.closest('[data-png]');
  if (by) look({ by: by.dataset.by });
  if (picture) png(picture.closest('figure'));
  if (event.target.closest('[data-clear]')) look({ period: 'all', channel: '', intent: '' });
});
// The whole page is drawn anew: the reader stays where they were, with the same control in hand.
let place = 0, held = '';
element.addEventListener('scroll', (event) => { if (event.target.matches?.('.rw-page')) place = event.target.scrollTop; }, true);
element.addEventListener('focusin', (event) => {
  const { name, dataset } = event.target;
  held = name ? `select[name="${name}"]` : dataset.by ? `[data-by="${dataset.by}"]` : '';
});
watch('value', () => requestAnimationFrame(() => {
  const page = element.querySelector('.rw-page');
  if (!looks.got(Number(page?.dataset.number ?? Infinity)) || !page) return;
  page.scrollTop = place;
  if (held && !element.contains(document.activeElement)) element.querySelector(held)?.focus({ preventScroll: true });
}));
if (Object.keys(asked).length) look({});
