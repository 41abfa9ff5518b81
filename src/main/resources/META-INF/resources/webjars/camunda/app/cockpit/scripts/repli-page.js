// Small pieces that both pages are built from.

export async function read(api, path) {
  const response = await fetch(api.engineApi + path, {
    headers: {Accept: 'application/json'},
    credentials: 'same-origin'
  });
  if (!response.ok) {
    throw new Error(
      response.status === 403
        ? 'your role does not allow to see this'
        : 'the engine answered ' + response.status
    );
  }
  return response.json();
}

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) {
    made.textContent = String(text);
  }
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

export function link(text, hash) {
  return element('a', text, {href: hash});
}

/** A table; a cell is a text or an element. */
export function table(caption, headings, rows) {
  const section = element('section');
  section.append(element('h3', caption));
  if (rows.length === 0) {
    section.append(element('p', 'None.'));
    return section;
  }
  const made = element('table', null, {class: 'table cam-table'});
  const head = element('tr');
  headings.forEach((heading) => head.append(element('th', heading, {scope: 'col'})));
  made.append(element('thead'));
  made.tHead.append(head);
  const body = element('tbody');
  rows.forEach((cells) => {
    const row = element('tr');
    cells.forEach((cell) => {
      const field = element('td');
      field.append(cell instanceof Node ? cell : String(cell ?? ''));
      row.append(field);
    });
    body.append(row);
  });
  made.append(body);
  section.append(made);
  return section;
}

export function when(time) {
  return time ? new Date(time).toLocaleString() : '';
}

export function duration(millis) {
  if (millis === null || millis === undefined) {
    return 'running';
  }
  if (millis < 1000) {
    return millis + ' ms';
  }
  const seconds = Math.round(millis / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's']
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => count + ' ' + unit)
    .join(' ');
}

/** Fills the page, and says so when that fails. */
export async function fill(container, heading, work) {
  const page = element('div', null, {class: 'repli-page', style: 'padding: 20px; overflow: auto; height: 100%'});
  page.append(element('h2', heading));
  const status = element('p', 'Loading…', {role: 'status'});
  page.append(status);
  container.append(page);
  try {
    await work(page);
    status.remove();
  } catch (failure) {
    status.textContent = 'This cannot be shown: ' + failure.message + '.';
  }
}
