// The page of conflicts. Values of rows are only ever set as text, never as markup.
(() => {
  'use strict';
  const list = document.getElementById('conflicts');
  const notice = document.getElementById('notice');
  const more = document.getElementById('more');
  const base = '/api/runs/' + encodeURIComponent(list.dataset.run) + '/conflicts';
  let state = 'open';

  const make = (tag, text, attributes) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    Object.entries(attributes || {}).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  };
  const say = (text, good) => notice.replaceChildren(make('p', text, { role: good ? 'status' : 'alert' }));
  const token = () => {
    const found = document.cookie.split('; ').find(c => c.startsWith('REPLI-XSRF-TOKEN='));
    return found ? decodeURIComponent(found.split('=')[1]) : '';
  };

  async function call(path, body) {
    const options = body === undefined ? {} : {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-REPLI-XSRF-TOKEN': token() },
      body: JSON.stringify(body)
    };
    const answer = await fetch(base + path, options);
    const json = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      throw Object.assign(new Error(json.detail || 'Repli answered ' + answer.status), { problem: json });
    }
    return json;
  }

  function value(text, differs) {
    const cell = make('td');
    const shown = text === null || text === undefined ? make('span', 'NULL', { class: 'none' }) : make('span', text);
    if (differs) {
      const mark = make('mark');
      mark.append(shown);
      cell.append(mark, make('span', ' ≠', { title: 'differs' }));
    } else {
      cell.append(shown);
    }
    return cell;
  }

  function rowTable(conflict, row, edits) {
    const table = make('table');
    const head = make('tr');
    ['column', 'source now', 'target before', 'target after'].forEach(t => head.append(make('th', t, { scope: 'col' })));
    if (edits) head.append(make('th', 'edit', { scope: 'col' }));
    table.append(head);
    conflict.columns.forEach(column => {
      const line = make('tr');
      const differs = row.differing.includes(column.name);
      line.append(make('th', column.name + (column.key ? ' (key)' : '') + ' ' + column.type, { scope: 'row' }));
      [row.sourceNow, row.targetBefore, row.targetAfter].forEach(values =>
        line.append(values ? value(values[column.name], differs) : make('td', 'no row', { class: 'none' })));
      if (edits) line.append(editor(column, edits));
      table.append(line);
    });
    return table;
  }

  function editor(column, edits) {
    const cell = make('td');
    if (column.editable) {
      const input = make('input', undefined, { 'aria-label': 'new value of ' + column.name, placeholder: 'unchanged' });
      input.addEventListener('input', () => {
        if (input.value === '') delete edits[column.name]; else edits[column.name] = input.value;
      });
      const none = make('input', undefined, { type: 'checkbox', 'aria-label': column.name + ' is NULL', style: 'width:auto' });
      none.addEventListener('change', () => {
        input.disabled = none.checked;
        if (none.checked) edits[column.name] = null; else delete edits[column.name];
      });
      const label = make('label');
      label.append(none, ' NULL');
      cell.append(input, label);
    }
    return cell;
  }

  function card(conflict) {
    const box = make('section', undefined, { class: 'conflict', 'data-group': conflict.group });
    box.append(make('h2', conflict.table + ', conflict ' + conflict.group));
    box.append(make('p', conflict.changes + (conflict.changes === 1 ? ' change is' : ' changes are') + ' held' +
      (conflict.kind === 'dead_letter' ? '; the node refused it: ' + conflict.error : '')));
    conflict.obstacles.forEach(why => box.append(make('p', 'The target cannot be taken: ' + why, { role: 'alert' })));
    const edits = {};
    const single = conflict.rows.length === 1;
    conflict.rows.forEach(row => box.append(rowTable(conflict, row, single ? edits : null)));
    const plan = make('div');
    const begin = conflict.rows.length === 1 && conflict.rows[0].targetAfter ? 'target' : 'source';
    const button = (text, wanted) => {
      const node = make('button', text, { type: 'button' });
      node.addEventListener('click', () => preview(conflict, wanted(), plan, box));
      box.append(node);
    };
    button('Take source', () => ({ decision: 'take-source' }));
    if (conflict.obstacles.length === 0) {
      button('Take target', () => ({ decision: 'take-target' }));
      if (single) button('Take my edit', () => ({ decision: 'edit', base: begin, values: { ...edits } }));
    }
    button('Keep as dead letter', () => ({ decision: 'dead-letter' }));
    box.append(plan);
    return box;
  }

  async function preview(conflict, wanted, plan, box) {
    try {
      const shown = await call('/' + conflict.group + '/preview', wanted);
      if (shown.problems.length > 0) {
        plan.replaceChildren(make('p', shown.problems.join('; '), { role: 'alert' }));
        return;
      }
      if (shown.seen !== conflict.seen) {
        say('Conflict ' + conflict.group + ' changed since you looked. This is how it is now.', false);
        box.replaceWith(card(await call('/' + conflict.group)));
        return;
      }
      const reason = make('input', undefined, { 'aria-label': 'reason', placeholder: 'reason (optional)', maxlength: '500' });
      const go = make('button', 'Do it: ' + wanted.decision, { type: 'button' });
      go.addEventListener('click', () => decide(conflict, wanted, reason.value.trim(), box));
      plan.replaceChildren(
        make('p', shown.statements.length === 0 ? 'No statement: the source keeps its row.' : 'These statements would run:'),
        ...shown.statements.map(sql => make('pre', sql)), reason, go);
      go.focus();
    } catch (problem) {
      plan.replaceChildren(make('p', problem.message, { role: 'alert' }));
    }
  }

  async function decide(conflict, wanted, reason, box) {
    const body = { ...wanted, seen: conflict.seen };
    if (reason) body.reason = reason;
    try {
      const done = await call('/' + conflict.group + '/decision', body);
      say('Conflict ' + done.group + ' is decided: ' + done.decision + ', rows written: ' + done.rowsWritten + '.', true);
      box.remove();
      if (!list.querySelector('.conflict')) load(0);
    } catch (problem) {
      say(problem.message, false);
      if (problem.problem && problem.problem.conflict) box.replaceWith(card(problem.problem.conflict));
    }
  }

  function sums(tables) {
    const table = make('table');
    const head = make('tr');
    ['table', 'to be decided', 'resolved', 'dead letters'].forEach(t => head.append(make('th', t, { scope: 'col' })));
    table.append(head);
    tables.forEach(t => {
      const line = make('tr');
      [t.table, t.counts.open, t.counts.resolved, t.counts.deadLettered].forEach(v => line.append(make('td', v)));
      table.append(line);
    });
    document.getElementById('tables').replaceChildren(table);
  }

  function decided(group) {
    const box = make('section', undefined, { class: 'conflict' });
    box.append(make('h2', group.table + ', conflict ' + group.group),
      make('p', group.changes + ' changes: ' + group.decision + ', by ' + group.decidedBy +
        (group.rule ? ' (rule)' : '') + ' at ' + group.decidedAt));
    if (group.error) box.append(make('p', group.error));
    return box;
  }

  async function load(after) {
    try {
      const page = await call('?state=' + state + (after ? '&after=' + after : ''));
      sums(page.tables);
      list.replaceChildren(...page.conflicts.map(state === 'open' ? card : decided));
      if (page.conflicts.length === 0) {
        list.replaceChildren(make('p', state === 'open'
          ? 'Nothing waits for a decision. Answer “look again” in Tasklist, and the run goes on.' : 'None.'));
      }
      more.hidden = !page.next;
      more.onclick = () => load(page.next);
      window.scrollTo(0, 0);
    } catch (problem) {
      list.replaceChildren(make('p', problem.message, { role: 'alert' }));
    }
  }

  ['open', 'resolved', 'dead-lettered'].forEach(which =>
    document.getElementById('state-' + which).addEventListener('click', event => {
      event.preventDefault();
      state = which;
      notice.replaceChildren();
      load(0);
    }));
  load(0);
})();
