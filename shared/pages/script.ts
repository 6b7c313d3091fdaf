/**
 * The one script, for browsers that run it. Every page works without: it writes the reader's own time and address into
 * room that is kept for them, tells the form the time zone, and puts the focus where something is wrong. A countdown goes
 * by the site's clock, whatever that of the device says.
 */
export const SCRIPT = `(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  for (const input of all('input[name=timeZone]')) input.value = zone || '';

  for (const place of all('[data-focus]')) place.focus();

  const part = (date, timeZone, options, type) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options })
      .formatToParts(date)
      .find((each) => each.type === type)?.value ?? '';
  const clock = (date, timeZone) =>
    part(date, timeZone, { hour: '2-digit', minute: '2-digit' }, 'hour') + ':' +
    part(date, timeZone, { hour: '2-digit', minute: '2-digit' }, 'minute').padStart(2, '0');
  const day = (date, timeZone) =>
    ['weekday', 'day', 'month', 'year']
      .map((type) => part(date, timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, type))
      .join(' ');
  const when = (start, end, timeZone) => {
    const first = day(start, timeZone) + ', ' + clock(start, timeZone);
    const last = day(end, timeZone);
    return first + (day(start, timeZone) === last ? '\\u2060\\u2013\\u2060' : ' \\u2013 ' + last + ', ') + clock(end, timeZone);
  };
  for (const place of all('[data-start]')) {
    const [start, end] = [new Date(place.dataset.start), new Date(place.dataset.end)];
    if (zone && when(start, end, zone) !== when(start, end, place.dataset.zone)) {
      place.textContent = 'Your time: ' + when(start, end, zone);
    }
  }

  const units = [['day', 86400000], ['hour', 3600000], ['minute', 60000]];
  const timeLeft = (ms) => {
    const biggest = units.findIndex(([, size]) => ms >= size);
    if (biggest === -1) return 'less than a minute';
    let left = ms;
    return units
      .slice(biggest, biggest + (ms >= 3 * 86400000 ? 1 : 2))
      .flatMap(([name, size]) => {
        const count = Math.floor(left / size);
        left -= count * size;
        return count === 0 ? [] : [count + ' ' + name + (count === 1 ? '' : 's')];
      })
      .join(' and ');
  };
  for (const place of all('[data-countdown]')) {
    const ahead = Date.parse(place.dataset.now) - Date.now();
    const left = () => Date.parse(place.dataset.countdown) - ahead - Date.now();
    const ticking = setInterval(() => {
      place.textContent = timeLeft(Math.max(0, left()));
      if (left() > 0) return;
      clearInterval(ticking);
      setTimeout(() => location.reload(), 1000 + Math.random() * 15000);
    }, 5000);
  }

  // The answer to a form is at the form's address: loaded again, it would be sent again.
  for (const { dataset } of all('[data-at]')) history.replaceState(null, '', dataset.at);

  const KEY = 'address';
  try {
    for (const form of all('form[data-remember]')) {
      form.addEventListener('submit', () => sessionStorage.setItem(KEY, form.email.value.trim()));
    }
    for (const place of all('[data-address]')) {
      const typed = sessionStorage.getItem(KEY);
      if (typed) place.textContent = typed;
      sessionStorage.removeItem(KEY);
    }
  } catch {}
})();
`;
