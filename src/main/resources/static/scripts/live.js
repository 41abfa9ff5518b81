// Keeps a page up to date. All markup is the server's; nothing of an event is shown by itself.
(() => {
  'use strict';
  const AGAIN = 5000;
  const SELDOM = 30000;
  const AT_MOST_EACH = 1500;
  const notice = document.getElementById('connection');
  let shown = document.getElementById('live').innerHTML;
  let planned = null;

  const main = () => document.getElementById('live');
  const say = text => { if (notice.textContent !== text) notice.textContent = text; };

  async function refresh() {
    planned = null;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (answer.redirected) {
        say('You are logged out. Load this page again to log in; what it shows is old.');
        return;
      }
      if (!answer.ok) throw new Error('Repli answered ' + answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('live');
      if (fresh.innerHTML !== shown) {
        shown = fresh.innerHTML;
        main().replaceChildren(...document.adoptNode(fresh).childNodes);
        tick();
      }
      say('');
    } catch (problem) {
      say('Not connected to Repli; what this page shows is old. Trying again.');
      soon(AGAIN);
    }
  }

  function soon(millis) {
    if (planned === null) planned = setTimeout(refresh, millis);
  }

  function words(millis) {
    const seconds = Math.max(0, Math.round(millis / 1000));
    const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']]
      .map(([size, unit], at, all) => [Math.floor((at ? seconds % all[at - 1][0] : seconds) / size), unit])
      .filter(([count]) => count > 0)
      .slice(0, 2)
      .map(([count, unit]) => count + ' ' + unit);
    return parts.length ? parts.join(' ') : '0 s';
  }

  function tick() {
    document.querySelectorAll('[data-due]').forEach(place => {
      const left = Date.parse(place.dataset.due) - Date.now();
      place.textContent = left >= 0 ? 'in ' + words(left) : words(-left) + ' ago';
    });
  }

  const address = main().dataset.events;
  if (address) {
    const events = new EventSource(address);
    ['entry', 'state'].forEach(kind => events.addEventListener(kind, () => soon(AT_MOST_EACH)));
    events.addEventListener('end', () => { events.close(); soon(0); });
  }
  // also beside events: a browser gives them up for good when they are refused once;
  // a page that nobody looks at asks the server for nothing
  setInterval(() => { if (!document.hidden) soon(0); }, address ? AGAIN : SELDOM);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon(0); });
  setInterval(tick, 1000);
  tick();
})();
