// Why an answer was not taken. What the form itself refuses, Tasklist reports without a reason, and the
// field with the reason may be out of sight; before what the server says it puts the id of the task.
const TASK_ID = /^Cannot (?:submit task form|complete task) \S+: /;

function label(field) {
  const shown = field.querySelector('.fjs-form-field-label');
  return shown ? shown.textContent.replace(/\*\s*$/, '').trim() : '';
}

function wrongFields() {
  return [...document.querySelectorAll('.fjs-form .fjs-form-field')].filter(field =>
    field.querySelector('.fjs-form-field-error')
  );
}

function reason(field) {
  const why = field.querySelector('.fjs-form-field-error').textContent.trim();
  return [label(field), why].filter(text => text).join(': ');
}

function explain(message) {
  if (TASK_ID.test(message.textContent)) {
    message.textContent = message.textContent.replace(TASK_ID, '');
  } else if (!message.textContent) {
    const wrong = wrongFields();
    if (wrong.length) {
      // text, never markup: a label can hold what people have written
      message.textContent = wrong.map(reason).join(' ');
      wrong[0].scrollIntoView({ block: 'center' });
    }
  }
}

// The notification and the field's own words come one after the other, in either order.
new MutationObserver(() => {
  document.querySelectorAll('[notifications-panel] .alert-danger .message').forEach(explain);
}).observe(document.body, { childList: true, subtree: true });
